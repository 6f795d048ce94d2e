package org.rondo.driver;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.rondo.evaluation.Evaluation;
import org.rondo.ingest.CorpusFolder;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.kernels.Kernels;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointException;
import org.rondo.training.FileEntry;
import org.rondo.training.KernelPlan;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.RoundTimes;
import org.rondo.training.SplitEvaluation;
import org.rondo.training.Storage;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.WallClock;
import org.rondo.training.WorkerResult;
import org.rondo.training.WorkspaceKey;
import org.rondo.training.WorkspacePool;

/**
 * Runs the workers as Spark tasks, one per shard: a train stage over states and cached streams,
 * whose results are added up by a {@link Reduction}.
 *
 * <p>Every checkpoint cuts the states' lineage; where checkpoints lie far apart, the states alone
 * are written to a scratch folder between them, so that neither the lineage nor the broadcasts it
 * needs grow without bound (see {@link ShardStates#mustBeCut}).
 */
public final class SparkCarrier implements Carrier {
  private final JavaSparkContext spark;
  private final TrainingJob job;
  private final Storage scratch;
  private final String fingerprint;
  private final ShardStates states;
  private final Map<String, JavaRDD<Shard>> evaluationParts = new HashMap<>();
  private JavaRDD<Shard> shards;
  private Storage cut;

  /**
   * Asks the executors that are there which products they compute, if the precision depends on it.
   *
   * @param spark stays the caller's to stop
   * @param scratch folder that every executor reaches, for states between checkpoints; deleted in
   *     the end
   */
  public SparkCarrier(JavaSparkContext spark, TrainingJob job, Storage scratch) {
    this.spark = spark;
    this.job = job.decided(multiplyBfloat16(spark, job));
    this.scratch = scratch;
    fingerprint = this.job.plan().kernels().fingerprint();
    states = new ShardStates(spark, job.plan().shards());
  }

  @Override
  public String description() {
    return "Spark %s on %s".formatted(spark.version(), spark.master());
  }

  /** Whether driver and executors do; a task per core, so that every executor gets one. */
  private static boolean multiplyBfloat16(JavaSparkContext spark, TrainingJob job) {
    KernelPlan kernels = job.plan().kernels();
    if (!kernels.precision().equals(Kernels.AUTO)) {
      return false;
    }
    int tasks = Math.max(spark.defaultParallelism(), job.plan().shards());
    List<Boolean> executors =
        run(
            "asking for the precision",
            () ->
                spark
                    .parallelize(Collections.nCopies(tasks, 0), tasks)
                    .map(task -> kernels.multipliesBfloat16())
                    .collect());
    return kernels.multipliesBfloat16() && !executors.contains(false);
  }

  @Override
  public TrainingJob job() {
    return job;
  }

  @Override
  public List<String> fingerprints() {
    KernelPlan kernels = job.plan().kernels();
    return run("comparing kernels", () -> shards().map(streams -> kernels.fingerprint()).collect());
  }

  @Override
  public RoundResult run(Round round, float[] parameters) {
    return run(
        "round " + round.number(),
        () -> {
          WallClock clock = WallClock.start();
          JavaRDD<WorkerResult> results = states.train(shards(), round, parameters);
          double broadcast = clock.seconds();
          RoundResult result =
              Reduction.of(job.plan().shards(), parameters.length, spark.defaultParallelism())
                  .reduce(results.map(Contribution::of));
          double stages = clock.seconds() - broadcast;
          states.advance();
          if (states.mustBeCut()) {
            writeScratch(round.number());
          }
          return result.took(new RoundTimes(broadcast, stages, 0, 0));
        });
  }

  @Override
  public Evaluation evaluate(String split, float[] parameters) {
    WorkspaceKey key = WorkspaceKey.evaluation(job);
    String expected = fingerprint;
    JavaRDD<Shard> parts = evaluationParts.computeIfAbsent(split, this::evaluationParts);
    Broadcast<float[]> broadcast = spark.broadcast(parameters);
    try {
      List<double[]> sums =
          run(
              "evaluation",
              () ->
                  parts
                      .map(part -> SplitEvaluation.sums(key, expected, broadcast.value(), part))
                      .collect());
      return Evaluation.combine(
          sums, job.plan().data().order().targets(job.corpus().open(), split));
    } finally {
      broadcast.destroy();
    }
  }

  @Override
  public List<FileEntry> writeStates(Storage folder) {
    List<FileEntry> files = run("writing states", () -> states.write(folder));
    deleteCut();
    return files;
  }

  @Override
  public void restoreStates(Storage folder, List<FileEntry> files) {
    if (files.size() != job.plan().shards()) {
      throw new IllegalArgumentException(
          "resume: %s holds %d shard states, the job has %d shards"
              .formatted(folder.uri(), files.size(), job.plan().shards()));
    }
    states.restore(folder, files);
  }

  @Override
  public void close() {
    try {
      states.close();
      evaluationParts.values().forEach(parts -> parts.unpersist(false));
      if (shards != null) {
        shards.unpersist(false);
      }
    } finally {
      WorkspacePool.clear();
      delete(scratch);
    }
  }

  private void writeScratch(int round) {
    Storage next = scratch.folder("round-%06d".formatted(round));
    delete(next);
    states.write(next);
    deleteCut();
    cut = next;
  }

  private void deleteCut() {
    if (cut != null) {
      delete(cut);
      cut = null;
    }
  }

  private static void delete(Storage folder) {
    try {
      FileSystem files = folder.fileSystem();
      files.delete(folder.path(), true);
    } catch (IOException e) {
      throw new TrainingException("cannot delete %s: %s".formatted(folder.uri(), e), e);
    }
  }

  private JavaRDD<Shard> shards() {
    if (shards == null) {
      CorpusFolder corpus = job.corpus();
      TrainingPlan plan = job.plan();
      shards = cached(plan.shards(), i -> plan.shard(corpus.open(), i));
    }
    return shards;
  }

  private JavaRDD<Shard> evaluationParts(String split) {
    CorpusFolder corpus = job.corpus();
    TrainingPlan plan = job.plan();
    return cached(plan.evaluation().parts(), i -> plan.evaluationPart(corpus.open(), split, i));
  }

  /** One element per partition, read once and held by the executor that read it. */
  private JavaRDD<Shard> cached(int count, Function<Integer, Shard> read) {
    List<Integer> indices = IntStream.range(0, count).boxed().toList();
    return spark.parallelize(indices, count).map(read).persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Runs jobs; of a failure, hands on Rondo's own exception that a task threw, if there is one. */
  static <R> R run(String what, Callable<R> jobs) {
    try {
      return jobs.call();
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof TrainingException
            || cause instanceof IngestException
            || cause instanceof CheckpointException) {
          throw (RuntimeException) cause;
        }
      }
      throw new TrainingException("%s failed on Spark: %s".formatted(what, e.getMessage()), e);
    }
  }
}
