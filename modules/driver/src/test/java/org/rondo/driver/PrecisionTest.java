package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.kernels.Kernels;
import org.rondo.models.Network;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.Started;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;
import org.rondo.training.workspace.KernelPlan;

/** {@code precision}: decided once, the same for driver, workers, evaluation and checkpoints. */
class PrecisionTest {
  @TempDir static Path folder;
  private static TinyRun run;

  @BeforeAll
  static void prepare() {
    run = new TinyRun(folder);
  }

  private static TrainingPlan plan(KernelPlan kernels) {
    return TinyRun.plan(2).with(p -> p.kernels(kernels));
  }

  /** On a machine without bfloat16 the driver is as weak as the executor in this respect. */
  @Test
  void weakestExecutorDecidesAndWhatElseItsKernelsDifferInIsAnErrorThatNamesIt() {
    SparkConf conf =
        EmbeddedSpark.conf("local-cluster[1,1,512]")
            .set("spark.executorEnv.ONEDNN_MAX_CPU_ISA", "SSE41");
    try (var spark = new JavaSparkContext(conf);
        Carrier carrier = onSpark(spark, KernelPlan.of("auto"), "weak")) {
      assertThat(carrier.job().plan().kernels()).isEqualTo(KernelPlan.of("float32"));
      assumeThat(Kernels.best().matmul().name()).as("what the setting is for").isEqualTo("onednn");
      assertThatThrownBy(carrier::fingerprints)
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("executor 0 on ")
          .hasMessageContaining("kernels differ, so bits would: here ")
          .hasMessageContaining("precision = float32 with kernels.allow_mixed = true lets");
      float[] parameters = Network.initialParameters(carrier.job().network(), 1);
      assertThatThrownBy(() -> carrier.evaluate("validation", parameters))
          .as("an executor that comes late")
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("executor 0 on ")
          .hasMessageContaining("evaluation: kernels differ");
    }
  }

  @Test
  void autoTakesWhatThisMachineMultipliesWhateverCarries() {
    KernelPlan auto = KernelPlan.of("auto");
    String here = auto.multipliesBfloat16() ? "bfloat16" : "float32";
    try (JavaSparkContext spark = EmbeddedSpark.start("local[2]");
        Carrier tasks = onSpark(spark, auto, "auto");
        Carrier threads = new ThreadCarrier(run.job(plan(auto)))) {
      assertThat(threads.job().plan().kernels().precision()).isEqualTo(here);
      assertThat(tasks.job()).isEqualTo(threads.job());
    }
  }

  private static Carrier onSpark(JavaSparkContext spark, KernelPlan kernels, String output) {
    return new SparkCarrier(spark, run.job(plan(kernels)), run.output(output).folder("states"));
  }

  @Test
  void bfloat16GivesTheSameBitsOnThreadsAndSparkAndNotThoseOfFloat32() {
    KernelPlan kernels = KernelPlan.of("bfloat16");
    TrainingResult onThreads = run.onThreads(plan(kernels), "threads");
    TrainingResult onSpark;
    try (JavaSparkContext spark = EmbeddedSpark.start("local[2]");
        Carrier carrier = onSpark(spark, kernels, "spark")) {
      onSpark =
          new DistributedTrainer(carrier, run.output("spark"), TrainingListener.NONE, () -> false)
              .train();
    }
    TrainingResult float32 = run.onThreads(plan(KernelPlan.of("float32")), "float32");

    assertThat(onSpark.parametersSha256()).isEqualTo(onThreads.parametersSha256());
    assertThat(onSpark.validationLoss()).isEqualTo(onThreads.validationLoss());
    assertThat(onThreads.parametersSha256()).isNotEqualTo(float32.parametersSha256());
    // Rounding inputs to 8 bits does not decide how well eight rounds learn.
    assertThat(onThreads.validationLoss() / float32.validationLoss()).isBetween(0.95, 1.05);
  }

  @Test
  void checkpointNamesTheDecidedPrecisionAndResumingInAnotherIsAWarning() {
    Storage output = run.output("resumed");
    var before = run.job(plan(new KernelPlan("java", "auto", "auto", false)));
    try (Carrier carrier = new ThreadCarrier(before)) {
      new DistributedTrainer(carrier, output, TrainingListener.NONE, () -> true).train();
    }
    Checkpoint checkpoint =
        Checkpoint.open(output.path(), new org.apache.hadoop.conf.Configuration());
    assertThat(checkpoint.fingerprint()).endsWith("FLOAT32");
    assertThat(checkpoint.run().plan().kernels().precision()).isEqualTo("float32");

    var events = new ArrayList<TrainingEvent>();
    TrainingJob after = run.job(plan(new KernelPlan("java", "auto", "bfloat16", false)));
    try (Carrier carrier = new ThreadCarrier(after)) {
      new DistributedTrainer(carrier, output, events::add, () -> true).resume();
    }
    assertThat(((Started) events.get(0)).warnings())
        .hasSize(2)
        .anyMatch(w -> w.contains("resuming under other kernels") && w.endsWith("BFLOAT16"))
        .anyMatch(w -> w.contains("precision = bfloat16 is slower here than float32: java"));
  }
}
