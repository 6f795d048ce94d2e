package org.rondo.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Lets a fault of a test's choice strike one task. Executors are processes of their own, so Spark
 * takes it there: the class as its plugin, the order as a property of the jobs.
 */
public final class FaultPlugin implements SparkPlugin {
  private static final String ORDER = "rondo.test.fault";
  private static final long LONGEST_HOLD_MS = 60_000;

  /** What strikes the first task that starts. */
  enum Fault {
    /** Its executor is gone at once, as after kill -9. */
    KILL,
    /** It does its work and fails then. */
    FAIL,
    /** All shuffle files of its executor are deleted before it begins. */
    LOSE_FILES,
    /** It does not begin before {@link #release}, or until it is killed. */
    HOLD
  }

  /** Loads it in the executors of a context. */
  static SparkConf in(SparkConf conf) {
    return conf.set("spark.plugins", FaultPlugin.class.getName());
  }

  /**
   * Orders one fault for the jobs that the calling thread starts from now on.
   *
   * @param tasks in the stage that it is to strike; how a stage is told from others
   * @param marker a file that does not exist; gone again when the fault has struck
   */
  static void order(JavaSparkContext spark, Fault fault, int tasks, Path marker) {
    try {
      Files.createFile(marker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    spark.setLocalProperty(ORDER, "%s,%d,%s".formatted(fault, tasks, marker));
  }

  /** Ends a {@link Fault#HOLD}. */
  static void release(Path marker) {
    try {
      Files.createFile(released(marker));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path released(Path marker) {
    return Path.of(marker + ".released");
  }

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extraConf) {}

      @Override
      public void onTaskStart() {
        TaskContext task = TaskContext.get();
        String order = task.getLocalProperty(ORDER);
        if (order != null) {
          String[] parts = order.split(",", 3);
          Path marker = Path.of(parts[2]);
          if (task.numPartitions() == Integer.parseInt(parts[1]) && taken(marker)) {
            strike(Fault.valueOf(parts[0]), task, marker);
          }
        }
      }
    };
  }

  /** Only one task of all can delete the file. */
  private static boolean taken(Path marker) {
    try {
      return Files.deleteIfExists(marker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void strike(Fault fault, TaskContext task, Path marker) {
    switch (fault) {
      case KILL -> Runtime.getRuntime().halt(137);
      case FAIL -> task.addTaskCompletionListener((TaskCompletionListener) FaultPlugin::fail);
      case LOSE_FILES -> deleteShuffleFiles();
      case HOLD -> hold(released(marker));
    }
  }

  private static void fail(TaskContext task) {
    throw new IllegalStateException("a fault of the test in " + task);
  }

  private static void deleteShuffleFiles() {
    var files = SparkEnv.get().blockManager().diskBlockManager().getAllFiles();
    files.foreach(file -> file.getName().startsWith("shuffle_") && file.delete());
  }

  private static void hold(Path released) {
    long end = System.currentTimeMillis() + LONGEST_HOLD_MS;
    try {
      while (!Files.exists(released) && System.currentTimeMillis() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
