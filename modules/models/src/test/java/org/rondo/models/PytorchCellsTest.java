package org.rondo.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell against an implementation that shares no code and no author with it. */
class PytorchCellsTest {
  /** float32 sums of some tens of terms of size 1, in another order. */
  private static final double TOLERANCE = 1e-5;

  private static PytorchScript script;

  static List<PytorchCase> everyCase() {
    return PytorchCase.all();
  }

  @BeforeAll
  static void runAll() throws Exception {
    script = new PytorchScript(Path.of("target", "pytorch"));
    if (script.hasTorch()) {
      for (PytorchCase one : everyCase()) {
        one.write(script.folder(one.name()));
      }
      script.compare(everyCase().stream().map(PytorchCase::name).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("everyCase")
  void outputsStatesAndGradientsEqualThoseOfPytorch(PytorchCase one) throws IOException {
    script.assertAgrees(one.name(), TOLERANCE);
  }
}
