package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.StreamEvaluator;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Shard;
import org.rondo.ingest.Split;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.ingest.sequences.SequencePart;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.sequences.SequenceWriter;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.testkit.Seeds;
import org.rondo.training.optimizers.ClipPlan;

/** Minibatches of several lengths, by the worker and by a network of its own for each length. */
class LengthBucketTrainingTest {
  private static final NetworkSpec NETWORK = RecurrentStack.languageModel(20, "lstm", 1, 6, 0.1);

  @TempDir private Path folder;

  private final TrainingPlan plan =
      TinyJob.plan(1, "sgd")
          .with(
              p ->
                  p.order(DataOrder.SHUFFLED)
                      .buckets(3)
                      .batch(3, 9)
                      .minibatches(10)
                      .clip(ClipPlan.NONE));

  private TrainingJob job;
  private Dataset dataset;

  @BeforeEach
  void write() {
    SequenceShape shape = SequenceShape.of(NETWORK);
    var place = new org.apache.hadoop.fs.Path(folder.resolve("sequences").toUri());
    SequenceFolder written = SequenceFolder.of(place, new Configuration());
    try (SequenceWriter writer = written.writer(shape, Split.TRAIN, 0, 0)) {
      int[] lengths = Seeds.numbers("lengths", 40, 14); // those above 9 are cut
      for (int i = 0; i < lengths.length; i++) {
        int[] ids = Seeds.numbers("ids " + i, lengths[i], 20);
        writer.add(Sequence.tagged(ids, Seeds.numbers("tags " + i, lengths[i], 20)));
      }
      SequencePart part = writer.finish();
      written.commit(shape, Map.of(Split.TRAIN, List.of(part), Split.VALIDATION, List.of(part)));
    }
    job = new TrainingJob(NETWORK, plan, written);
    dataset = written.open();
  }

  /** More than two epochs of more than one length. */
  @Test
  void theWorkerEqualsANetworkForEachLengthBitForBit() {
    float[] initial = Network.initialParameters(NETWORK, 5);
    Shard shard = plan.shard(dataset, 0);
    WorkerState state = WorkerState.initial(0);
    float[] trained = initial;
    for (int number = 1; number <= 6; number++) {
      WorkerResult result = Worker.work(trained, state, shard, TinyJob.round(job, number));
      state = result.state();
      trained = result.contribution();
    }
    assertThat(state.steps()).isGreaterThan(2 * shard.minibatches());
    assertThat(trained).isEqualTo(plainTraining(initial, state.steps()));
  }

  private float[] plainTraining(float[] initial, long minibatches) {
    Elementwise passes = Kernels.best().elementwise();
    Shard shard = plan.shard(dataset, 0);
    float[] parameters = initial;
    float[] hidden = {};
    var lengths = new ArrayList<Integer>();
    for (long step = 0; step < minibatches; step++) {
      int length = shard.steps(step);
      lengths.add(length);
      try (Network network = network(length, parameters)) {
        HiddenState state = network.newState();
        if (!shard.startsSequence(step)) {
          System.arraycopy(hidden, 0, state.values(), 0, hidden.length);
        }
        var minibatch = new Minibatch(length, 3);
        shard.reader().fill(minibatch, step);
        CounterRandom random = CounterRandom.of(plan.seed()).derive("dropout").derive(0);
        network.lossAndGradient(minibatch, state, random.derive(step));
        passes.addScaled(
            network.gradient().values(),
            -0.05f,
            network.parameters().values(),
            0,
            parameters.length);
        parameters = network.parameters().toArray();
        hidden = state.values();
      }
    }
    assertThat(lengths.stream().distinct().sorted().toList())
        .isEqualTo(dataset.steps(plan.trainingText()))
        .hasSize(3)
        .endsWith(9);
    return parameters;
  }

  private Network network(int steps, float[] parameters) {
    var network = new Network(NETWORK, Kernels.best(), plan.kernels().elementType(), steps, 3);
    network.parameters().set(parameters);
    network.parametersChanged();
    return network;
  }

  /** A sequence's loss does not depend on how much padding stands behind it. */
  @Test
  void evaluationGivesTheLossOfOneLength() {
    float[] parameters = Network.initialParameters(NETWORK, 5);
    TrainingPlan one = plan.with(p -> p.buckets(1));
    double expected = evaluated(one, parameters);
    assertThat(evaluated(plan, parameters)).isCloseTo(expected, within(1e-5 * expected));
  }

  private double evaluated(TrainingPlan evaluated, float[] parameters) {
    double sum = 0;
    List<Integer> steps = dataset.steps(evaluated.trainingText());
    int batch = evaluated.evaluation().batch();
    try (var network =
        Network.forEvaluation(
            NETWORK, Kernels.best(), plan.kernels().elementType(), steps, batch)) {
      network.parameters().set(parameters);
      network.parametersChanged();
      for (int part = 0; part < evaluated.evaluation().parts(); part++) {
        Shard read = evaluated.evaluationPart(dataset, Split.VALIDATION, part);
        sum += Arrays.stream(StreamEvaluator.sums(network, read, List.of()).losses()).sum();
      }
    }
    return sum;
  }
}
