package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.Shard;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.parameters.Gradient;
import org.rondo.training.Carrier;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;
import org.rondo.training.storage.FloatArrays;
import org.rondo.training.storage.Storage;

/** One shard is plain training, whatever carries it: rounds and averages leave no bit. */
class OneShardTest {
  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void prepare() {
    run = new TinyRun(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void equalsPlainTrainingBitForBit(String optimizer) {
    TrainingPlan plan =
        TinyRun.plan(1)
            .with(
                p ->
                    p.update(
                        new UpdatePlan(
                            ClipPlan.ofNorm(1),
                            OptimizerPlan.of(optimizer, 0.02),
                            SchedulePlan.constant())));
    String plain = FloatArrays.sha256(plainTraining(run.job(plan)));

    assertThat(run.onThreads(plan, "threads").parametersSha256()).isEqualTo(plain);
    assertThat(onSpark(plan).parametersSha256()).isEqualTo(plain);
  }

  private TrainingResult onSpark(TrainingPlan plan) {
    TrainingJob job = run.job(plan);
    Storage output = run.output("spark");
    try (JavaSparkContext spark = EmbeddedSpark.start("local[2]");
        Carrier carrier = new SparkCarrier(spark, job, output.folder("states"))) {
      return new DistributedTrainer(carrier, output, TrainingListener.NONE, () -> false).train();
    }
  }

  /** A training loop as one would write it without shards, rounds and carriers. */
  private float[] plainTraining(TrainingJob job) {
    TrainingPlan plan = job.plan();
    Shard shard = plan.shard(run.corpus(), 0);
    Shard.Reader text = shard.reader();
    Kernels kernels = Kernels.best();
    var minibatch = new Minibatch(plan.rounds().unroll(), plan.rounds().batch());
    CounterRandom random = CounterRandom.of(plan.seed()).derive("dropout").derive(0);
    float[] initial = Network.initialParameters(job.network(), plan.seed());
    try (var memory = new NativeMemory();
        var network =
            new Network(
                job.network(),
                kernels,
                plan.kernels().elementType(),
                plan.rounds().unroll(),
                plan.rounds().batch())) {
      network.parameters().set(initial);
      network.parametersChanged();
      List<NativeBuffer> moments = new ArrayList<>();
      moments.add(memory.floats(initial.length));
      moments.add(memory.floats(initial.length));
      HiddenState hidden = network.newState();
      for (int step = 0; step < plan.minibatches(); step++) {
        if (step % shard.minibatches() == 0) {
          hidden.reset();
        }
        text.fill(minibatch, step);
        network.lossAndGradient(minibatch, hidden, random.derive(step));
        update(network, kernels.elementwise(), plan, moments, step + 1);
        network.parametersChanged();
      }
      return network.parameters().toArray();
    }
  }

  private static void update(
      Network network,
      Elementwise passes,
      TrainingPlan plan,
      List<NativeBuffer> moments,
      int number) {
    Gradient gradient = network.gradient();
    NativeBuffer parameters = network.parameters().values();
    double squares = 0;
    for (int i = 0; i < gradient.rangeCount(); i++) {
      squares +=
          passes.sumOfSquares(gradient.values(), gradient.rangeFrom(i), gradient.rangeLength(i));
    }
    double norm = Math.sqrt(squares);
    float scale =
        norm > plan.update().clip().norm() ? (float) (plan.update().clip().norm() / norm) : 1f;
    float rate = (float) plan.update().optimizer().learningRate();
    if (plan.update().optimizer().name().equals("sgd")) {
      passes.addScaled(gradient.values(), -(rate * scale), parameters, 0, parameters.length());
    } else {
      var adam =
          new Elementwise.AdamStep(
              0.9f,
              0.999f,
              1e-8f,
              (float) (1 - StrictMath.pow(0.9, number)),
              (float) (1 - StrictMath.pow(0.999, number)),
              0);
      var update = new Elementwise.Update(parameters, gradient.values(), rate, scale);
      passes.adam(update, moments.get(0), moments.get(1), adam, 0, parameters.length());
    }
  }
}
