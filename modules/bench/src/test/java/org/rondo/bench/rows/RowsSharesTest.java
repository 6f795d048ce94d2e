package org.rondo.bench.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowsSharesTest {
  @Test
  void aSampleCountsForTheFirstOfItsParts() {
    String step = "org.rondo.bench.rows.RowsStep.train";
    String keys = "org.rondo.models.heads.decoder.ProjectedKeys.forward";
    String decoder = "org.rondo.models.heads.decoder.DecoderSteps.forward";
    String vectors = "org.rondo.models.heads.decoder.AttentionalVectors.forward";
    String products = "org.rondo.models.workspace.LinearProducts.forward";
    String ctc = "org.rondo.models.heads.ctc.CtcObjective.lossAndGradient";
    assertThat(
            RowsShares.shares(
                List.of(
                    List.of("x.Y.z", keys, decoder, step),
                    List.of(keys, step),
                    List.of(keys, decoder, step),
                    List.of(vectors, decoder, step),
                    List.of(decoder, step),
                    List.of(products, ctc, step),
                    List.of(ctc, step),
                    List.of(ctc, step),
                    List.of(ctc, step),
                    List.of(ctc, step))))
        .isEqualTo(
            "CTC 40.0 %, attention 30.0 %, other steps of the decoder 20.0 %, output layer 10.0 %");
    assertThat(RowsShares.shares(List.of(List.of(step)))).isEqualTo("other 100.0 %");
  }

  /** Else a class of another name would have no samples. */
  @Test
  void partsNameClassesThatAreThere() {
    for (RowsShares.Part part : RowsShares.PARTS) {
      for (String frame : part.frames()) {
        String name = frame.endsWith(".") ? frame.substring(0, frame.length() - 1) : frame;
        if (Character.isUpperCase(name.charAt(name.lastIndexOf('.') + 1))) {
          assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
              .doesNotThrowAnyException();
        }
      }
    }
  }
}
