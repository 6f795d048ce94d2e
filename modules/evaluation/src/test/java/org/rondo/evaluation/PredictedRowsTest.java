package org.rondo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.Shard;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;

/** Predictions of sequences that are read in pieces, several side by side. */
class PredictedRowsTest {
  private static final int[] LENGTHS = {5, 3, 9, 1, 4};
  private static final int BATCH = 2;
  private static final int OUTPUTS = 3;

  /** Products of one row and of two may round otherwise. */
  private static final double ROUNDING = 1e-4;

  /** Those of a crf see a whole sequence or part of it, so there the unroll holds the longest. */
  @ParameterizedTest
  @CsvSource({"tagger, 4", "tagger, 9", "classifier, 4", "regression, 4", "crf, 9"})
  void everySequenceHasThePredictionsThatItHasByItself(String head, int unroll) {
    NetworkSpec spec = spec(head);
    var seen = new Seen();
    try (Network network = network(spec, unroll, BATCH)) {
      StreamEvaluator.sums(network, new Sequences(spec, unroll), List.of(LossMetric.LOSS, seen));
    }

    assertThat(seen.predictions).hasSize(LENGTHS.length);
    for (int s = 0; s < LENGTHS.length; s++) {
      Predictions there = seen.predictions.get(s);
      Predictions alone = alone(spec, s);
      assertThat(there.targets()).as("sequence %d", s).isEqualTo(alone.targets());
      assertThat(there.classes()).as("sequence %d", s).isEqualTo(alone.classes());
      assertThat(there.targetValues()).as("sequence %d", s).isEqualTo(alone.targetValues());
      assertThat(there.scores()).as("sequence %d", s).hasSameSizeAs(alone.scores());
      for (int i = 0; i < alone.scores().length; i++) {
        assertThat((double) there.scores()[i]).isCloseTo(alone.scores()[i], within(ROUNDING));
      }
    }
  }

  /** A blank is the last class, so that symbols of labels are 0 and 1. */
  @Test
  void labelsWhoseNumberIsPredictedAreKeptToTheEndOfTheLongerOne() {
    NetworkSpec spec = spec("ctc");
    var lengths = new TreeSet<Integer>();
    for (long seed = 0; seed < 10; seed++) {
      var seen = new Seen();
      try (Network network = network(spec, 9, BATCH)) {
        network.parameters().set(Network.initialParameters(spec, seed));
        network.parametersChanged();
        StreamEvaluator.sums(network, new Sequences(spec, 9), List.of(LossMetric.LOSS, seen));
        assertThat(seen.predictions).hasSize(LENGTHS.length);
        for (int s = 0; s < LENGTHS.length; s++) {
          lengths.add(requireWholeLabels(seen.predictions.get(s), decoded(network, s), s % 2));
        }
      }
    }
    assertThat(lengths).contains(0, 1, 2);
  }

  @Test
  void anEmptyLabelThatIsPredictedEmptyIsASequenceToo() {
    NetworkSpec spec = spec("ctc");
    Shard labelled = new Sequences(spec, 9);
    var seen = new Seen();
    try (Network network = network(spec, 9, BATCH)) {
      float[] parameters = Network.initialParameters(spec, 3);
      parameters[Network.layout(spec).slice("head.bias").offset() + OUTPUTS - 1] = 100;
      network.parameters().set(parameters);
      network.parametersChanged();
      StreamEvaluator.sums(network, new Silence(labelled), List.of(LossMetric.LOSS, seen));
    }
    assertThat(seen.predictions).hasSize(LENGTHS.length);
    assertThat(seen.predictions).allMatch(each -> each.count() == 0);
  }

  /** The same sequences with empty labels. */
  private record Silence(Shard labelled) implements Shard {
    @Override
    public long minibatches() {
      return labelled.minibatches();
    }

    @Override
    public boolean startsSequence(long number) {
      return labelled.startsSequence(number);
    }

    @Override
    public int steps(long number) {
      return labelled.steps(number);
    }

    @Override
    public Reader reader() {
      Reader reader = labelled.reader();
      return (minibatch, number) -> {
        reader.fill(minibatch, number);
        Arrays.fill(minibatch.targets(), Minibatch.NO_TARGET);
        Arrays.fill(minibatch.labelLengths(), 0);
      };
    }
  }

  private static int requireWholeLabels(Predictions there, int[] predicted, int target) {
    int count = Math.max(1, predicted.length);
    var targets = new int[count];
    Arrays.fill(targets, Minibatch.NO_TARGET);
    targets[0] = target;
    assertThat(there.targets()).isEqualTo(targets);
    int[] classes = Arrays.copyOf(predicted, count);
    Arrays.fill(classes, predicted.length, count, Minibatch.NO_TARGET);
    assertThat(there.classes()).isEqualTo(classes);
    return predicted.length;
  }

  private static int[] decoded(Network network, int sequence) {
    Minibatch minibatch = Minibatch.forNetwork(network.spec(), 9, BATCH);
    minibatch.clear();
    fill(network.spec(), minibatch, 1, sequence, 0);
    var classes = new int[network.predictions()];
    network.decode(minibatch, network.newState(), classes);
    return IntStream.range(0, 9).map(u -> classes[u * BATCH + 1]).filter(c -> c >= 0).toArray();
  }

  @ParameterizedTest
  @CsvSource({"tagger", "classifier", "regression"})
  void whatIsKeptChangesNoBitOfTheLoss(String head) {
    NetworkSpec spec = spec(head);
    try (Network network = network(spec, 4, BATCH)) {
      var shard = new Sequences(spec, 4);
      PartSums without = StreamEvaluator.sums(network, shard, List.of(LossMetric.LOSS));
      PartSums with = StreamEvaluator.sums(network, shard, List.of(new Seen(), LossMetric.LOSS));

      assertThat(with.losses()).isEqualTo(without.losses());
      assertThat(with.targets()).isEqualTo(without.targets());
      assertThat(with.ofMetric(0)).containsExactly(LENGTHS.length);
      assertThat(with.ofMetric(1)).isEmpty();
    }
  }

  @Test
  void sumsOfMetricsAreAddedInPartOrder() {
    // (1e16 + 1) - 1e16 is 0 in double, in any other order 1.
    var parts = new ArrayList<PartSums>();
    for (double sum : new double[] {1e16, 1, -1e16}) {
      parts.add(new PartSums(new double[] {0.5}, 1, new double[][] {{}, {sum}}));
    }
    Scores scores = Scores.of(List.of(LossMetric.LOSS, new Seen()), parts);

    assertThat(scores.loss()).isEqualTo(0.5);
    assertThat(scores.all())
        .containsExactly(new Score("loss", 0.5, false), new Score("seen", 0, true));
    assertThat(scores.details()).containsOnlyKeys("seen").containsEntry("seen", Map.of("all", 0.0));
  }

  @Test
  void predictedValuesHaveNoPerplexity() {
    assertThat(LossMetric.of(spec("regression"))).containsExactly(LossMetric.LOSS);
    assertThat(LossMetric.of(spec("tagger")))
        .extracting(metric -> metric.value(new double[] {6, 2}))
        .containsExactly(3.0, StrictMath.exp(3), 3 / StrictMath.log(2));
  }

  private static NetworkSpec spec(String head) {
    return new NetworkSpec(
        List.of(new Values(2), new Recurrent(CellSpec.of("lstm", 5))), new HeadSpec(head, OUTPUTS));
  }

  private static Network network(NetworkSpec spec, int steps, int batch) {
    var network = Network.forEvaluation(spec, Kernels.best(), ElementType.FLOAT32, steps, batch);
    network.parameters().set(Network.initialParameters(spec, 3));
    network.parametersChanged();
    return network;
  }

  /** In one piece and one row, by the methods that give one thing each. */
  private static Predictions alone(NetworkSpec spec, int sequence) {
    int length = LENGTHS[sequence];
    var minibatch = Minibatch.forNetwork(spec, length, 1);
    minibatch.clear();
    fill(spec, minibatch, 0, sequence, 0);
    try (Network network = network(spec, length, 1)) {
      int count = network.predictions();
      boolean values = spec.targetValues() > 0;
      var scores = new float[count * OUTPUTS];
      var classes = new int[values ? 0 : count];
      network.logits(minibatch, network.newState(), scores);
      if (!values) {
        network.decode(minibatch, network.newState(), classes);
      }
      return new Predictions(
          minibatch.targets(), classes, OUTPUTS, scores, minibatch.valueTargets());
    }
  }

  /**
   * The piece of a sequence that begins at that step: numbers that only sequence and step decide.
   */
  private static void fill(NetworkSpec spec, Minibatch minibatch, int b, int sequence, int from) {
    int batch = minibatch.batch();
    int count = Math.max(0, Math.min(minibatch.steps(), LENGTHS[sequence] - from));
    minibatch.lengths()[b] = count;
    CounterRandom random = CounterRandom.of(sequence);
    for (int t = 0; t < count; t++) {
      int row = t * batch + b;
      int step = from + t;
      minibatch.values()[2 * row] = (float) random.uniform(step);
      minibatch.values()[2 * row + 1] = step;
      boolean last = step == LENGTHS[sequence] - 1;
      if (minibatch.labels() > 0 && last) {
        boolean transcribes = spec.head().head().predictsLength();
        minibatch.targets()[b] = transcribes ? sequence % 2 : (sequence + step) % OUTPUTS;
        minibatch.labelLengths()[b] = 1;
      } else if (minibatch.labels() == 0 && (last || step % 3 != 1)) {
        minibatch.targets()[row] = spec.targetValues() > 0 ? 0 : (sequence + step) % OUTPUTS;
        for (int o = 0; o < OUTPUTS && spec.targetValues() > 0; o++) {
          minibatch.valueTargets()[row * OUTPUTS + o] = o + step;
        }
      }
    }
  }

  /** Two at a time; those that are shorter wait for the longer one. */
  private record Sequences(NetworkSpec spec, int unroll) implements Shard {
    private long pieces(int group) {
      int longest = 0;
      for (int s = group * BATCH; s < Math.min(LENGTHS.length, (group + 1) * BATCH); s++) {
        longest = Math.max(longest, LENGTHS[s]);
      }
      return (longest + unroll - 1L) / unroll;
    }

    @Override
    public long minibatches() {
      long all = 0;
      for (int group = 0; group * BATCH < LENGTHS.length; group++) {
        all += pieces(group);
      }
      return all;
    }

    @Override
    public boolean startsSequence(long number) {
      long at = number;
      for (int group = 0; at > 0; group++) {
        at -= pieces(group);
      }
      return at == 0;
    }

    @Override
    public int steps(long number) {
      return unroll;
    }

    @Override
    public Reader reader() {
      return (minibatch, number) -> {
        int group = 0;
        long piece = number;
        for (; piece >= pieces(group); group++) {
          piece -= pieces(group);
        }
        minibatch.clear();
        for (int b = 0; b < BATCH && group * BATCH + b < LENGTHS.length; b++) {
          fill(spec, minibatch, b, group * BATCH + b, (int) piece * unroll);
        }
      };
    }
  }

  /** Keeps what it is given; its sum counts sequences. */
  private static final class Seen implements Metric {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Predictions> predictions = new ArrayList<>();

    @Override
    public String name() {
      return "seen";
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }

    @Override
    public int sums() {
      return 1;
    }

    @Override
    public void add(Predictions one, double[] sums) {
      predictions.add(one);
      sums[0]++;
    }

    @Override
    public double value(double[] sums) {
      return sums[0];
    }

    @Override
    public Map<String, Double> details(double[] sums) {
      return Map.of("all", sums[0]);
    }
  }
}
