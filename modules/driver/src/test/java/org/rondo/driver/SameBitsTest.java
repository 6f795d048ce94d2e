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
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.TrainingEvent;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingListener;
import org.rondo.training.TrainingPlan;

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
  @ValueSource(strings = {"local[1]", "local[2]", "local-cluster[2,1,512]"})
  void sparkGivesTheBitsOfThreads(String master) {
    String output = "spark-" + master.replaceAll("\\W", "-");
    TrainingResult result = onSpark(EmbeddedSpark.conf(master), plan, output, e -> {});

    assertThat(result.parametersSha256()).isEqualTo(quiet.parametersSha256());
    assertThat(result.validationLoss()).isEqualTo(quiet.validationLoss());
  }

  @Test
  void lineageThatIsCutBetweenCheckpointsChangesNoBit() {
    int rounds = SparkCarrier.LONGEST_LINEAGE + 3;
    TrainingPlan longer = TinyRun.withRounds(plan, rounds, new CheckpointPlan(0, 1));
    TrainingResult onThreads = run.onThreads(longer, "threads-longer");

    TrainingResult result = onSpark(EmbeddedSpark.conf("local[2]"), longer, "longer", e -> {});

    assertThat(result.parametersSha256()).isEqualTo(onThreads.parametersSha256());
  }

  @Test
  void kryoAsSparksSerializerChangesNoBit() {
    SparkConf conf =
        EmbeddedSpark.conf("local[2]")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

    TrainingResult result = onSpark(conf, plan, "kryo", e -> {});

    assertThat(result.parametersSha256()).isEqualTo(quiet.parametersSha256());
  }

  @Test
  void killedExecutorChangesNoBit() {
    var killed = new ArrayList<ProcessHandle>();
    TrainingListener killer =
        event -> {
          if (event instanceof TrainingEvent.RoundFinished r && r.round() == 5) {
            ProcessHandle victim = executors().get(0);
            assertThat(victim.destroyForcibly()).isTrue();
            killed.add(victim);
          }
        };

    TrainingResult result =
        onSpark(EmbeddedSpark.conf("local-cluster[2,1,512]"), plan, "killed", killer);

    assertThat(killed).hasSize(1);
    assertThat(result.parametersSha256()).isEqualTo(quiet.parametersSha256());
  }

  private TrainingResult onSpark(
      SparkConf conf, TrainingPlan plan, String output, TrainingListener listener) {
    TrainingJob job = run.job(plan);
    try (var spark = new JavaSparkContext(conf);
        Carrier carrier = new SparkCarrier(spark, job, run.output(output).folder("states"))) {
      return new DistributedTrainer(job, carrier, run.output(output), listener, () -> false)
          .train();
    }
  }

  /** The processes that this one started: local-cluster starts executors and nothing else. */
  private static List<ProcessHandle> executors() {
    return ProcessHandle.current().descendants().toList();
  }
}
