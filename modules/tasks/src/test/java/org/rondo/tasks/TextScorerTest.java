package org.rondo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;

class TextScorerTest {
  private static final Vocabulary WORDS =
      new Vocabulary("words", List.of(Vocabulary.UNKNOWN, "<eos>", "a", "b", "c"));
  private static final NetworkSpec SPEC =
      RecurrentStack.languageModel(WORDS.size(), "lstm", 1, 6, 0);
  private static final float[] PARAMETERS = parameters();
  private static final List<String> TEXTS =
      List.of("a b c", "", "c zebra a", "a b ".repeat(400), "b\nc", "a", "c c ".repeat(128));

  /** Large enough that every state matters. */
  private static float[] parameters() {
    float[] parameters = Network.initialParameters(SPEC, 5);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 3;
    }
    return parameters;
  }

  private static double[] losses(List<String> texts) {
    try (var scorer =
        new TextScorer(
            WORDS, SPEC, PARAMETERS, Kernels.choose("auto", "auto"), ElementType.FLOAT32, 32)) {
      return scorer.losses(texts);
    }
  }

  /** Token by token, with a softmax in double. */
  private static double reference(String text) {
    try (Network network =
        Network.forEvaluation(SPEC, Kernels.choose("java", "java"), ElementType.FLOAT32, 1, 1)) {
      network.parameters().set(PARAMETERS);
      network.parametersChanged();
      HiddenState state = network.newState();
      var logits = new float[WORDS.size()];
      int before = WORDS.id("<eos>");
      List<String> tokens = WORDS.tokens(text + "\n");
      double loss = 0;
      for (String token : tokens) {
        network.logits(new int[] {before}, state, logits);
        double sum = 0;
        for (float logit : logits) {
          sum += Math.exp(logit);
        }
        before = WORDS.id(token);
        loss += Math.log(sum) - logits[before];
      }
      return loss / tokens.size();
    }
  }

  @Test
  void aTextLosesWhatItsTokensLoseOneByOne() {
    double[] losses = losses(TEXTS);
    for (int i = 0; i < losses.length; i++) {
      assertThat(losses[i])
          .as("text %d", i)
          .isCloseTo(reference(TEXTS.get(i)), Offset.offset(1e-5));
    }
    assertThat(losses[0]).isNotEqualTo(losses[5]);
  }

  /**
   * Documents in a stream lose what they lose by themselves, if the network begins anew at each.
   */
  @Test
  void streamsOfDocumentsLoseWhatTheTextsLose() {
    List<String> texts = List.of("a b c", "", "c a a b", "b");
    var ids = new ArrayList<Integer>(List.of(WORDS.id("<eos>")));
    double[] expected = losses(texts);
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      int[] document = WORDS.ids(texts.get(i) + "\n");
      Arrays.stream(document).forEach(ids::add);
      sum += expected[i] * document.length;
    }
    NetworkSpec spec = SPEC.startingDocumentsAt(WORDS.id("<eos>"));
    Kernels kernels = Kernels.choose("auto", "auto");
    try (Network network = Network.forEvaluation(spec, kernels, ElementType.FLOAT32, 4, 1)) {
      network.parameters().set(PARAMETERS);
      network.parametersChanged();
      HiddenState state = network.newState();
      var actual = new double[1];
      for (int from = 0; from < ids.size() - 1; from += 4) {
        var minibatch = new Minibatch(4, 1);
        minibatch.clear();
        minibatch.lengths()[0] = Math.min(4, ids.size() - 1 - from);
        for (int t = 0; t < minibatch.lengths()[0]; t++) {
          minibatch.inputs()[t] = ids.get(from + t);
          minibatch.targets()[t] = ids.get(from + t + 1);
        }
        network.loss(minibatch, state, actual);
      }
      assertThat(actual[0]).isCloseTo(sum, Offset.offset(1e-4));
    }
  }

  @Test
  void textsBesideItChangeNoBitOfALoss() {
    double[] together = losses(TEXTS);
    for (int i = 0; i < together.length; i++) {
      assertThat(losses(List.of(TEXTS.get(i)))).containsExactly(together[i]);
    }
  }
}
