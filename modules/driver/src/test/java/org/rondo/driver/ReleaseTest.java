package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BroadcastBlockId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.models.Network;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/** What a long run holds in Spark does not grow with its rounds. */
class ReleaseTest {
  private static final int ROUNDS = 14;

  @TempDir static Path folder;
  private static TinyRun run;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    run = new TinyRun(folder);
    spark = EmbeddedSpark.start("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** What Spark holds after a round; what it was told to let go of may linger for a moment. */
  private record Held(int rdds, int shuffles, int broadcasts, int scratchFolders) {}

  @Test
  void onlyTheRoundsSinceTheLastCutAreHeld() {
    var limits = new SparkLimits(0, 4, Long.MAX_VALUE, Duration.ofMinutes(5));

    List<Held> held = train("rounds", limits);

    assertThat(held).hasSize(ROUNDS);
    // The shards, the evaluation's parts, the last round's results.
    assertThat(held).extracting(Held::rdds).allMatch(count -> count <= 3);
    assertThat(held).extracting(Held::shuffles).allMatch(count -> count == 0);
    // Rounds 1 to 4 of a lineage, and two that linger.
    assertThat(held).extracting(Held::broadcasts).allMatch(count -> count <= 6);
    assertThat(held).extracting(Held::scratchFolders).allMatch(count -> count <= 1);
  }

  @Test
  void lineageIsCutEarlierWhereItsBroadcastsAreLarge() {
    var limits = new SparkLimits(0, ROUNDS, 2L * bytes(), Duration.ofMinutes(5));

    List<Held> held = train("bytes", limits);

    assertThat(held).extracting(Held::broadcasts).allMatch(count -> count <= 4);
    assertThat(held).extracting(Held::broadcasts).anyMatch(count -> count >= 1);
  }

  private static List<Held> train(String name, SparkLimits limits) {
    Storage output = run.output(name);
    Path scratch = folder.resolve(name).resolve("states");
    var held = new ArrayList<Held>();
    TrainingListener measuring =
        event -> {
          if (event instanceof TrainingEvent.RoundFinished) {
            held.add(held(scratch));
          }
        };
    try (Carrier carrier = new SparkCarrier(spark, job(), output.folder("states"), limits)) {
      new DistributedTrainer(carrier, output, measuring, () -> false).train();
    }
    assertThat(spark.getPersistentRDDs()).as("after the run").isEmpty();
    assertThat(scratch).doesNotExist();
    return held;
  }

  /** Large enough that no closure of Spark's own is as large as its parameters. */
  private static TrainingJob job() {
    TrainingPlan plan = TinyRun.plan(2);
    TrainingJob tiny =
        run.job(
            plan.with(
                p ->
                    p.rounds(ROUNDS)
                        .evaluation(new EvaluationPlan(5, 4, 2, 0))
                        .checkpoint(new CheckpointPlan(0, 1, 0))));
    var large = RecurrentStack.languageModel(run.corpus().vocabulary().size(), "lstm", 1, 96, 0);
    return new TrainingJob(large, tiny.plan(), tiny.dataset());
  }

  private static int bytes() {
    return Float.BYTES * Network.initialParameters(job().network(), 1).length;
  }

  private static Held held(Path scratch) {
    var shuffles = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
    return new Held(
        spark.getPersistentRDDs().size(),
        shuffles.shuffleStatuses().size(),
        parameterBroadcasts(),
        folders(scratch));
  }

  /** Vectors of parameters among the driver's blocks. */
  private static int parameterBroadcasts() {
    BlockManager blocks = SparkEnv.get().blockManager();
    int size = bytes();
    return blocks
        .getMatchingBlockIds(
            id ->
                id instanceof BroadcastBlockId b
                    && b.field().isEmpty()
                    && blocks.getStatus(id).exists(s -> s.memSize() + s.diskSize() >= size))
        .size();
  }

  private static int folders(Path scratch) {
    String[] names = scratch.toFile().list();
    return names == null ? 0 : names.length;
  }
}
