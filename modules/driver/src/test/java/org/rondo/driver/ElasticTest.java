package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.driver.FaultPlugin.Fault;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.training.Carrier;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/** Executors that come and go while rounds go on, until none is left. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ElasticTest {
  private static final int SHARDS = 3;
  private static final long LONGEST_WAIT_NS = 60_000_000_000L;

  @TempDir static Path folder;
  private static TinyRun run;
  private static LoopbackCluster cluster;
  private static JavaSparkContext spark;
  private static final Present present = new Present();
  private final TrainingPlan plan = TinyRun.plan(SHARDS);

  @BeforeAll
  static void start() {
    run = new TinyRun(folder);
    cluster = new LoopbackCluster(2);
    SparkConf conf =
        FaultPlugin.in(EmbeddedSpark.conf(cluster.url()))
            .set("spark.executor.cores", "1")
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .set("spark.dynamicAllocation.minExecutors", "1")
            .set("spark.dynamicAllocation.maxExecutors", "2")
            .set("spark.dynamicAllocation.executorIdleTimeout", "2s")
            .set("spark.dynamicAllocation.cachedExecutorIdleTimeout", "2s")
            .set("spark.dynamicAllocation.schedulerBacklogTimeout", "1s");
    spark = new JavaSparkContext(conf);
    spark.sc().addSparkListener(present);
  }

  @AfterAll
  static void stop() {
    spark.close();
    cluster.close();
  }

  @Test
  @Order(1)
  void executorsThatDynamicAllocationTakesAndGivesChangeNoBit() {
    Path marker = folder.resolve("hold");
    TrainingListener elastic =
        event -> {
          if (event instanceof TrainingEvent.RoundFinished r && r.round() == 4) {
            // Tasks wait behind the held one, so a second executor is asked for.
            FaultPlugin.order(spark, Fault.HOLD, SHARDS, marker);
            present.whenever(2, () -> FaultPlugin.release(marker));
          }
          if (event instanceof TrainingEvent.RoundFinished r && r.round() == 7) {
            present.await(1);
          }
        };

    TrainingResult result = train("elastic", elastic, Duration.ofMinutes(5));

    assertThat(marker).as("a task was held").doesNotExist();
    assertThat(present.most()).isEqualTo(2);
    assertThat(result.parametersSha256())
        .isEqualTo(run.onThreads(plan, "threads").parametersSha256());
  }

  @Test
  @Order(2)
  void lossOfAllExecutorsForGoodEndsTheRunAndLeavesTheLastCheckpoint() {
    TrainingListener last =
        event -> {
          if (event instanceof TrainingEvent.RoundFinished r && r.round() == 4) {
            cluster.stopWorkers();
          }
        };

    assertThatThrownBy(() -> train("lost", last, Duration.ofSeconds(5)))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("evaluation: there was no executor of spark://127.0.0.1:")
        .hasMessageContaining("for 5 s (spark.rondo.executorWait)");
    assertThat(folder.resolve("lost/checkpoints/round-000003/manifest.json")).exists();
    assertThat(folder.resolve("lost/states")).doesNotExist();
  }

  @Test
  @Order(3)
  void runWithNoExecutorFromTheStartEnds() {
    assertThatThrownBy(() -> train("none", event -> {}, Duration.ofSeconds(2)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("there was no executor of spark://127.0.0.1:")
        .hasMessageContaining("for 2 s (spark.rondo.executorWait)");
  }

  private TrainingResult train(String name, TrainingListener listener, Duration executorWait) {
    Storage output = run.output(name);
    var limits = new SparkLimits(0, 20, Long.MAX_VALUE, executorWait);
    try (Carrier carrier =
        new SparkCarrier(spark, run.job(plan), output.folder("states"), limits)) {
      return new DistributedTrainer(carrier, output, listener, () -> false).train();
    }
  }

  /** The executors that are there. */
  private static final class Present extends SparkListener {
    private final Set<String> executors = ConcurrentHashMap.newKeySet();
    private volatile int most;
    private volatile int wanted = -1;
    private volatile Runnable action = () -> {};

    @Override
    public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
      executors.add(event.executorId());
      most = Math.max(most, executors.size());
      if (executors.size() == wanted) {
        action.run();
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
      executors.remove(event.executorId());
    }

    int most() {
      return most;
    }

    /** Does something once, as soon as so many are there. */
    synchronized void whenever(int count, Runnable action) {
      most = executors.size();
      if (most == count) {
        action.run();
      } else {
        this.action = action;
        wanted = count;
      }
    }

    void await(int count) {
      long end = System.nanoTime() + LONGEST_WAIT_NS;
      while (executors.size() != count && System.nanoTime() < end) {
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
      assertThat(executors).as("executors that are there").hasSize(count);
    }
  }
}
