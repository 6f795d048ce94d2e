package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.DiagnosticsPlan;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

class SameBitsTest {
  @TempDir static Path folder;
  private static TinyRun run;
  private static TrainingResult quiet;
  private final TrainingPlan plan = TinyRun.plan(3);

  @BeforeAll
  static void trainOnThreads() {
    run = new TinyRun(folder);
    quiet = run.onThreads(TinyRun.plan(3), "threads");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[2]"})
  void sparkGivesTheBitsOfThreads(String master) {
    String output = master.replaceAll("\\W", "-");
    TrainingResult result = onSpark(EmbeddedSpark.conf(master), plan, output);

    assertThat(result.parametersSha256()).isEqualTo(quiet.parametersSha256());
    assertThat(result.validationLoss()).isEqualTo(quiet.validationLoss());
  }

  @Test
  void lineageThatIsCutBetweenCheckpointsChangesNoBit() {
    int rounds = SparkLimits.of(EmbeddedSpark.conf("local")).lineageRounds() + 3;
    TrainingPlan longer = plan.with(p -> p.rounds(rounds).checkpoint(new CheckpointPlan(0, 1, 0)));
    TrainingResult onThreads = run.onThreads(longer, "threads-longer");

    TrainingResult result = onSpark(EmbeddedSpark.conf("local[2]"), longer, "longer");

    assertThat(result.parametersSha256()).isEqualTo(onThreads.parametersSha256());
  }

  @Test
  void kryoAsSparksSerializerChangesNoBit() {
    SparkConf conf =
        EmbeddedSpark.conf("local[2]")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

    TrainingResult result = onSpark(conf, plan, "kryo");

    assertThat(result.parametersSha256()).isEqualTo(quiet.parametersSha256());
  }

  @Test
  void measuringGradientsThroughTimeChangesNoBitAndSparkMeasuresWhatThreadsDo() {
    TrainingPlan measuring = plan.with(p -> p.diagnostics(new DiagnosticsPlan(true)));
    var onThreads = new ArrayList<TrainingEvent>();
    TrainingResult threads = run.onThreads(measuring, "threads-measuring", onThreads);
    var onSpark = new ArrayList<TrainingEvent>();
    TrainingResult result;
    try (JavaSparkContext spark = EmbeddedSpark.start("local[2]")) {
      result = onSpark(spark, measuring, "measuring", onSpark::add);
    }

    assertThat(threads.parametersSha256()).isEqualTo(quiet.parametersSha256());
    assertThat(result.parametersSha256()).isEqualTo(quiet.parametersSha256());
    onThreads.removeIf(event -> !(event instanceof TrainingEvent.GradientsMeasured));
    assertThat(onThreads).hasSize(TinyRun.ROUNDS);
    assertThat(onSpark).containsSubsequence(onThreads);
  }

  @Test
  void executorsGiveTheBitsOfThreadsAndAKilledOneChangesNone() {
    var killed = new ArrayList<ProcessHandle>();
    TrainingListener killer =
        event -> {
          if (event instanceof TrainingEvent.RoundFinished r && r.round() == 5) {
            ProcessHandle victim = executors().get(0);
            assertThat(victim.destroyForcibly()).isTrue();
            killed.add(victim);
          }
        };
    try (JavaSparkContext spark = EmbeddedSpark.start("local-cluster[2,1,512]")) {
      TrainingResult quietExecutors = onSpark(spark, plan, "executors", TrainingListener.NONE);
      TrainingResult withFault = onSpark(spark, plan, "killed", killer);

      assertThat(quietExecutors.parametersSha256()).isEqualTo(quiet.parametersSha256());
      assertThat(killed).hasSize(1);
      assertThat(withFault.parametersSha256()).isEqualTo(quiet.parametersSha256());
      assertThat(withFault.validationLoss()).isEqualTo(quiet.validationLoss());
    }
  }

  private TrainingResult onSpark(SparkConf conf, TrainingPlan plan, String output) {
    try (var spark = new JavaSparkContext(conf)) {
      return onSpark(spark, plan, output, TrainingListener.NONE);
    }
  }

  private TrainingResult onSpark(
      JavaSparkContext spark, TrainingPlan plan, String output, TrainingListener listener) {
    TrainingJob job = run.job(plan);
    Storage folder = run.output(output);
    try (Carrier carrier = new SparkCarrier(spark, job, folder.folder("states"))) {
      return new DistributedTrainer(carrier, folder, listener, () -> false).train();
    }
  }

  /** The processes that this one started: local-cluster starts executors and nothing else. */
  private static List<ProcessHandle> executors() {
    return ProcessHandle.current().descendants().toList();
  }
}
