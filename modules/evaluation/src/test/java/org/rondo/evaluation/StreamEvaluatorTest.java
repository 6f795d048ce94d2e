package org.rondo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.corpus.TokenStreams;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.testkit.Seeds;

class StreamEvaluatorTest {
  private static final int TOKENS = 700;
  private static final int STEPS = 16;

  /**
   * Of sums of some hundred nats: products of other shapes may round otherwise, which this network
   * amplifies; those of ND4J's BLAS more than others.
   */
  private static final double ROUNDING =
      Kernels.best().matmul().name().equals("nd4j") ? 1e-2 : 1e-3;

  @TempDir private static Path folder;
  private static Corpus corpus;
  private static NetworkSpec spec;

  @BeforeAll
  static void prepare() throws IOException {
    var text = new StringBuilder();
    for (int number : Seeds.numbers("text", TOKENS, 9)) {
      text.append((char) ('a' + number));
    }
    Path file = Files.writeString(folder.resolve("text"), text);
    corpus =
        Corpus.prepare(
            new CorpusPlan(
                new SplitPlan.ByFraction(file.toString(), 0, 0),
                "characters",
                VocabularyPlan.EVERYTHING,
                InvalidUtf8.REJECT),
            new org.apache.hadoop.fs.Path(folder.resolve("corpus").toUri()),
            new Configuration(),
            PrepareListener.SILENT);
    spec = RecurrentStack.languageModel(corpus.vocabulary().size(), "lstm", 2, 12, 0.5);
  }

  @Test
  void aUniformModelHesitatesBetweenAllTokens() {
    try (Network network = network(STEPS, 5)) {
      network.parameters().set(new float[network.parameters().layout().length()]);
      network.parametersChanged();
      Scores evaluation = evaluate(network, 2, 5);
      assertThat(evaluation.targets()).isEqualTo(TOKENS - 1);
      // Each -log p is one float32 with seven digits.
      assertThat(Score.value(evaluation.all(), "perplexity")).isCloseTo(10, within(1e-5));
      assertThat(Score.value(evaluation.all(), "bits-per-token"))
          .isCloseTo(Math.log(10) / Math.log(2), within(1e-6));
    }
  }

  /** Stream after stream and token after token, with a softmax in double. */
  @Test
  void sumsEqualTheNaiveOnes() {
    int streams = 4;
    Shard cover = cover(0, 1, streams);
    var expected = new double[streams];
    try (Network network = network(1, 1)) {
      int start = 0;
      for (int b = 0; b < streams; b++) {
        int length = (TOKENS - 1) / streams + (b < (TOKENS - 1) % streams ? 1 : 0);
        expected[b] = naive(network, corpus.read(Split.TRAIN, start, length + 1));
        start += length;
      }
    }
    try (Network network = network(STEPS, streams)) {
      assertThat(sums(network, cover).losses()).containsExactly(expected, within(ROUNDING));
    }
  }

  @Test
  void theUnrollLengthDoesNotMatter() {
    try (Network one = network(7, 3);
        Network other = network(50, 3)) {
      assertThat(
              sums(
                      one,
                      cover(
                          0, new ShardPlan(Split.TRAIN, DataOrder.CONTIGUOUS, 1, 3, 7, 1, TOKENS)))
                  .losses())
          .containsExactly(
              sums(
                      other,
                      cover(
                          0, new ShardPlan(Split.TRAIN, DataOrder.CONTIGUOUS, 1, 3, 50, 1, TOKENS)))
                  .losses(),
              within(ROUNDING));
    }
  }

  @Test
  void partsGiveTheSameBitsInAnyOrderAndOnAnyNetwork() {
    var inOrder = new ArrayList<double[]>();
    try (Network network = network(STEPS, 2)) {
      for (int part = 0; part < 3; part++) {
        inOrder.add(sums(network, cover(part, 3, 2)).losses());
      }
    }
    for (int part = 2; part >= 0; part--) {
      try (Network fresh = network(STEPS, 2)) {
        assertThat(sums(fresh, cover(part, 3, 2)).losses()).isEqualTo(inOrder.get(part));
      }
    }
  }

  @Test
  void anotherCutIntoPartsHasTheSameStreams() {
    try (Network two = network(STEPS, 2);
        Network three = network(STEPS, 3)) {
      Scores byTwo = evaluate(two, 3, 2);
      Scores byThree = evaluate(three, 2, 3);
      assertThat(byTwo.targets()).isEqualTo(byThree.targets());
      // Only the shape of the products differs.
      assertThat(byTwo.loss()).isCloseTo(byThree.loss(), within(1e-5));
    }
  }

  @Test
  void sumsAreAddedInStreamOrder() {
    // (1e16 + 1) - 1e16 is 0 in double, in any other order 1.
    Scores evaluation = of(List.of(part(1, 1e16, 1), part(0, -1e16)));
    assertThat(evaluation.loss()).isZero();
    assertThatThrownBy(() -> of(List.of())).hasMessage("evaluation: covers 0 targets");
  }

  @Test
  void aSplitThatHoldsAnotherNumberOfTargetsThanItsManifestSaysIsRefused() {
    var whole = List.of(part(TOKENS - 1, 1));
    var fewer = List.of(part(TOKENS - 2, 1));

    assertThat(combine(whole).targets()).isEqualTo(TOKENS - 1);
    assertThatThrownBy(() -> combine(fewer))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "evaluation: the train split of %s holds %d targets, its manifest says %d; prepare the data again",
            corpus.folder(), TOKENS - 2, TOKENS - 1);
  }

  @Test
  void theNetworkMustHaveAsManyRowsAsThereAreStreams() {
    try (Network network = network(STEPS, 3)) {
      assertThatThrownBy(() -> sums(network, cover(0, 1, 4)))
          .hasMessage("streams: a minibatch of T = 16, B = 3 for 4 streams in steps of 16");
    }
  }

  private static Scores evaluate(Network network, int parts, int streams) {
    var losses = new ArrayList<PartSums>();
    for (int part = 0; part < parts; part++) {
      TokenStreams cover = cover(part, parts, streams);
      PartSums loss = sums(network, cover);
      assertThat(loss.targets()).isEqualTo(cover.targets());
      losses.add(loss);
    }
    return of(losses);
  }

  private static PartSums sums(Network network, Shard cover) {
    return StreamEvaluator.sums(network, cover, LossMetric.of(spec));
  }

  private static PartSums part(long targets, double... losses) {
    return new PartSums(losses, targets, new double[3][0]);
  }

  private static Scores of(List<PartSums> parts) {
    return Scores.of(LossMetric.of(spec), parts);
  }

  private static Scores combine(List<PartSums> parts) {
    return Scores.combine(LossMetric.of(spec), parts, corpus, DataOrder.CONTIGUOUS, Split.TRAIN);
  }

  private static TokenStreams cover(int part, int parts, int streams) {
    return cover(
        part, new ShardPlan(Split.TRAIN, DataOrder.CONTIGUOUS, parts, streams, STEPS, 1, TOKENS));
  }

  private static TokenStreams cover(int part, ShardPlan plan) {
    return TokenStreams.cover(corpus, plan, part);
  }

  private static double naive(Network network, int[] ids) {
    HiddenState state = network.newState();
    var logits = new float[corpus.vocabulary().size()];
    double nats = 0;
    for (int i = 0; i + 1 < ids.length; i++) {
      network.logits(new int[] {ids[i]}, state, logits);
      double total = 0;
      for (float logit : logits) {
        total += Math.exp(logit);
      }
      nats += Math.log(total) - logits[ids[i + 1]];
    }
    return nats;
  }

  private static Network network(int steps, int batch) {
    var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, steps, batch);
    float[] initial = Network.initialParameters(spec, Seeds.SEED);
    for (int i = 0; i < initial.length; i++) {
      initial[i] *= 4; // far from uniform, so that the state matters
    }
    network.parameters().set(initial);
    network.parametersChanged();
    return network;
  }
}
