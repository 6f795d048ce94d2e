package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterLayout.Slice;

class ParameterTransferTest {
  private static final RecurrentStack STACK = RecurrentStack.of(CellSpec.of("lstm", 4), 2, 0.1);
  private static final NetworkSpec LANGUAGE_MODEL = STACK.languageModel(9);

  private static NetworkSpec classifier(InputLayerSpec input, RecurrentStack stack) {
    return new NetworkSpec(stack.over(input), new HeadSpec("classifier", 3));
  }

  @Test
  void aClassifierTakesEverythingBelowTheHead() {
    NetworkSpec classifier = STACK.network(9, new HeadSpec("classifier", 3));
    float[] trained = Network.initialParameters(LANGUAGE_MODEL, 1);
    float[] fresh = Network.initialParameters(classifier, 2);
    float[] before = fresh.clone();
    var transfer = new ParameterTransfer(LANGUAGE_MODEL, classifier);
    transfer.copy(trained, fresh);

    ParameterLayout layout = Network.layout(classifier);
    for (Slice slice : layout.slices()) {
      boolean taken = !slice.name().startsWith("head.");
      assertThat(transfer.names().contains(slice.name())).as(slice.name()).isEqualTo(taken);
      float[] expected =
          taken
              ? part(trained, Network.layout(LANGUAGE_MODEL), slice.name())
              : part(before, layout, slice.name());
      assertThat(part(fresh, layout, slice.name())).as(slice.name()).isEqualTo(expected);
    }
  }

  private static float[] part(float[] values, ParameterLayout layout, String name) {
    Slice slice = layout.slice(name);
    return Arrays.copyOfRange(values, slice.offset(), slice.offset() + slice.length());
  }

  @Test
  void aLanguageModelGoesOnWithItsHead() {
    NetworkSpec stronger = RecurrentStack.of(CellSpec.of("lstm", 4), 2, 0.5).languageModel(9);
    float[] trained = Network.initialParameters(LANGUAGE_MODEL, 1);
    assertThat(ParameterTransfer.withHead(LANGUAGE_MODEL, stronger).initial(trained, 2))
        .isEqualTo(trained);
    NetworkSpec classifier = STACK.network(9, new HeadSpec("classifier", 3));
    assertThatThrownBy(() -> ParameterTransfer.withHead(LANGUAGE_MODEL, classifier))
        .hasMessage(
            "initial network: its head is language model, 9 outputs, here it is classifier, 3 outputs");
  }

  @Test
  void aLayerThatOnlyOneHasIsLeft() {
    RecurrentStack lower = RecurrentStack.of(CellSpec.of("lstm", 4), 1, 0);
    List<String> names =
        new ParameterTransfer(LANGUAGE_MODEL, lower.network(9, new HeadSpec("classifier", 3)))
            .names();
    assertThat(names).anyMatch(name -> name.startsWith("recurrent.0."));
    assertThat(names).noneMatch(name -> name.startsWith("recurrent.1."));
  }

  @Test
  void theForwardOneOfTwoDirectionsBeginsWithTheOneThatThereIs() {
    NetworkSpec trained = RecurrentStack.of(CellSpec.of("lstm", 4), 1, 0).languageModel(9);
    var both = new RecurrentStack(CellSpec.of("lstm", 4), 1, 0, false, true);
    NetworkSpec classifier = classifier(new Embedding(9, 4), both);
    float[] learned = Network.initialParameters(trained, 1);
    var transfer = new ParameterTransfer(trained, classifier);

    float[] begun = transfer.initial(learned, 2);

    float[] fresh = Network.initialParameters(classifier, 2);
    ParameterLayout layout = Network.layout(classifier);
    for (Slice slice : layout.slices()) {
      String name = slice.name();
      boolean taken = name.startsWith("embedding.") || name.startsWith("recurrent.0.forward.");
      assertThat(transfer.names().contains(name)).as(name).isEqualTo(taken);
      assertThat(part(begun, layout, name))
          .as(name)
          .isEqualTo(
              taken
                  ? part(learned, Network.layout(trained), name.replace("forward.", ""))
                  : part(fresh, layout, name));
    }
  }

  @Test
  void dropoutMayDiffer() {
    RecurrentStack stronger = RecurrentStack.of(CellSpec.of("lstm", 4), 2, 0.5);
    NetworkSpec classifier = stronger.network(9, new HeadSpec("classifier", 3));
    assertThat(new ParameterTransfer(LANGUAGE_MODEL, classifier).names())
        .isEqualTo(
            new ParameterTransfer(LANGUAGE_MODEL, STACK.network(9, new HeadSpec("classifier", 3)))
                .names());
  }

  @Test
  void layersThatDifferAreRefused() {
    assertThatThrownBy(
            () -> new ParameterTransfer(LANGUAGE_MODEL, classifier(new Embedding(8, 4), STACK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "initial network: its layer embedding is embedding of 9 tokens, 4 units, here it is"
                + " embedding of 8 tokens, 4 units");
    RecurrentStack gru = RecurrentStack.of(CellSpec.of("gru", 4), 2, 0.1);
    assertThatThrownBy(
            () -> new ParameterTransfer(LANGUAGE_MODEL, classifier(new Embedding(9, 4), gru)))
        .hasMessageStartingWith("initial network: its layer recurrent.0 is ");
    assertThatThrownBy(
            () -> new ParameterTransfer(LANGUAGE_MODEL, classifier(new Values(5), STACK)))
        .hasMessageMatching(
            "initial network: its recurrent\\.0\\.\\S+ is of shape \\[4, 16\\], here it is of shape"
                + " \\[5, 16\\]");
    RecurrentStack both = new RecurrentStack(CellSpec.of("lstm", 4), 1, 0, false, true);
    assertThatThrownBy(
            () ->
                new ParameterTransfer(
                    classifier(new Embedding(9, 4), both), classifier(new Embedding(9, 4), STACK)))
        .hasMessageStartingWith("initial network: its layer recurrent.0 is ");
  }
}
