package org.rondo.driver;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.rondo.evaluation.Evaluation;
import org.rondo.ingest.Shard;
import org.rondo.training.Carrier;
import org.rondo.training.FileEntry;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.RoundTimes;
import org.rondo.training.SplitEvaluation;
import org.rondo.training.Storage;
import org.rondo.training.TaskTimes;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.WallClock;
import org.rondo.training.WireFormat;
import org.rondo.training.WorkerReport;
import org.rondo.training.WorkerResult;
import org.rondo.training.WorkspaceKey;
import org.rondo.training.WorkspacePool;

/**
 * Runs the workers as Spark tasks, one per shard: a train stage over states and held shards, whose
 * results are added up by a {@link Reduction}.
 *
 * <p>Every checkpoint cuts the states' lineage; where checkpoints lie far apart, the states alone
 * are written to a scratch folder between them, so that neither the lineage nor the broadcasts it
 * needs grow without bound (see {@link SparkLimits}).
 */
public final class SparkCarrier implements Carrier {
  private final JavaSparkContext spark;
  private final TrainingJob job;
  private final Storage scratch;
  private final SparkLimits limits;
  private final SparkJobs jobs;
  private final HeldShards data;
  private final ShardStates states;
  private TrainingJob decided;
  private Storage cut;

  /**
   * Reads nothing and runs no job yet.
   *
   * @param spark stays the caller's to stop
   * @param scratch folder that every executor reaches, for states between checkpoints; deleted in
   *     the end
   */
  public SparkCarrier(JavaSparkContext spark, TrainingJob job, Storage scratch) {
    this(spark, job, scratch, SparkLimits.of(spark.getConf()));
  }

  SparkCarrier(JavaSparkContext spark, TrainingJob job, Storage scratch, SparkLimits limits) {
    this.spark = spark;
    this.job = job;
    this.scratch = scratch;
    this.limits = limits;
    jobs = new SparkJobs(spark, limits);
    data = new HeldShards(spark, job);
    states = new ShardStates(spark, job.plan().shards(), limits);
  }

  @Override
  public String description() {
    return "Spark %s on %s".formatted(spark.version(), spark.master());
  }

  /** Decides {@code precision = auto} when first asked, by the executors that hold the shards. */
  @Override
  public TrainingJob job() {
    return decided(data.training());
  }

  private TrainingJob decided(JavaRDD<Shard> held) {
    if (decided == null) {
      var probe = new KernelProbe(spark, job.plan().kernels());
      decided =
          job.decided(jobs.run("asking for the precision", () -> probe.multiplyBfloat16(held)));
    }
    return decided;
  }

  @Override
  public List<String> fingerprints() {
    var probe = new KernelProbe(spark, job().plan().kernels());
    return jobs.run("comparing kernels", () -> probe.fingerprints(data.training()));
  }

  @Override
  public RoundResult run(Round round, float[] common) {
    return jobs.run(
        "round " + round.number(),
        () -> {
          WireFormat wire = job.plan().sync().wire();
          WallClock clock = WallClock.start();
          JavaRDD<WorkerResult> results = states.train(data.training(), round, common);
          double written = clock.seconds();
          RoundResult result =
              reduction(common.length).reduce(results.map(done -> Contribution.of(done, wire)));
          RoundTimes times = times(written, clock.seconds(), result.reports());
          states.advance();
          if (states.mustBeCut()) {
            writeScratch(round.number());
          }
          return result.took(times);
        });
  }

  private Reduction reduction(int length) {
    return Reduction.of(
        job.plan().shards(), length, job.plan().sync().wire(), spark.defaultParallelism(), limits);
  }

  /**
   * Splits a round's time without jobs of their own. Broadcasting is the driver's part of it and
   * the slowest task's wait for it; computing is the time in which the busiest executor had a
   * worker running; reducing is all the rest, the start of tasks among it.
   */
  private static RoundTimes times(double written, double total, List<WorkerReport> reports) {
    List<TaskTimes> tasks = reports.stream().map(WorkerReport::times).toList();
    double broadcast = written + TaskTimes.longestWait(tasks);
    double compute = TaskTimes.busiest(tasks);
    return new RoundTimes(broadcast, compute, Math.max(0, total - broadcast - compute), 0);
  }

  @Override
  public Evaluation evaluate(String split, float[] parameters) {
    JavaRDD<Shard> parts = data.evaluation(split);
    TrainingJob evaluated = decided(parts);
    WorkspaceKey key = WorkspaceKey.evaluation(evaluated);
    String expected = evaluated.plan().kernels().fingerprint();
    Broadcast<float[]> broadcast = spark.broadcast(parameters);
    try {
      List<double[]> sums =
          jobs.run(
              "evaluation",
              () ->
                  parts
                      .map(
                          part ->
                              Place.naming(
                                  () ->
                                      SplitEvaluation.sums(key, expected, broadcast.value(), part)))
                      .collect());
      return Evaluation.combine(
          sums, job.plan().data().order().targets(job.corpus().open(), split));
    } finally {
      if (!spark.sc().isStopped()) {
        broadcast.destroy();
      }
    }
  }

  @Override
  public List<FileEntry> writeStates(Storage folder) {
    List<FileEntry> files = jobs.run("writing states", () -> states.write(folder));
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
      jobs.close();
      // A context that has stopped, as when the cluster ended it, holds nothing any more.
      if (!spark.sc().isStopped()) {
        states.close();
        data.release();
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

  /** The states in it are written elsewhere now. */
  private void deleteCut() {
    if (cut != null) {
      try {
        cut.fileSystem().delete(cut.path(), true);
      } catch (IOException e) {
        // It goes with the whole folder in the end. Whoever wrote the new states must not take this
        // for a failure and write them again: what is computed from now on needs their files.
      }
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
}
