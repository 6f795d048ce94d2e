package org.rondo.driver;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.rondo.driver.jobs.PatientTask;
import org.rondo.ingest.DatasetFolder;
import org.rondo.ingest.Shard;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;

/** What the tasks work on, one element per partition, held by the executor that read it first. */
final class HeldShards {
  private final JavaSparkContext spark;
  private final DatasetFolder dataset;
  private final TrainingPlan plan;
  private final Map<String, JavaRDD<Shard>> evaluationParts = new HashMap<>();
  private JavaRDD<Shard> training;

  HeldShards(JavaSparkContext spark, TrainingJob job) {
    this.spark = spark;
    dataset = job.dataset();
    plan = job.plan();
  }

  /** The shards of the training split, in order. */
  JavaRDD<Shard> training() {
    if (training == null) {
      DatasetFolder from = dataset;
      TrainingPlan cut = plan;
      training = held(plan.shards(), i -> cut.shard(from.open(), i));
    }
    return training;
  }

  /** The parts in which a split is evaluated, in order. */
  JavaRDD<Shard> evaluation(String split) {
    DatasetFolder from = dataset;
    TrainingPlan cut = plan;
    return evaluationParts.computeIfAbsent(
        split, s -> held(cut.evaluation().parts(), i -> cut.evaluationPart(from.open(), s, i)));
  }

  /** Reads a shard in a task. */
  @FunctionalInterface
  private interface Reading extends IntFunction<Shard>, Serializable {}

  /** Lets the executors drop all of it. */
  void release() {
    evaluationParts.values().forEach(parts -> parts.unpersist(false));
    if (training != null) {
      training.unpersist(false);
    }
  }

  private JavaRDD<Shard> held(int count, Reading read) {
    List<Integer> indices = IntStream.range(0, count).boxed().toList();
    int retries = PatientTask.retries(plan.checkpoint());
    return spark
        .parallelize(indices, count)
        .map(index -> PatientTask.run(retries, () -> read.apply(index)))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}
