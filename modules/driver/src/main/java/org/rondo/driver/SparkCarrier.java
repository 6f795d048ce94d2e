package org.rondo.driver;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.rondo.driver.jobs.Guarded;
import org.rondo.driver.jobs.PatientTask;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.driver.output.Scratch;
import org.rondo.driver.reduce.Contribution;
import org.rondo.driver.reduce.Reduction;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.PartEvaluator;
import org.rondo.evaluation.PartSums;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Shard;
import org.rondo.kernels.Counted;
import org.rondo.training.Carrier;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.SplitEvaluation;
import org.rondo.training.TrainingJob;
import org.rondo.training.WorkerReport;
import org.rondo.training.WorkerResult;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Retries;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.WireFormat;
import org.rondo.training.timing.RoundTimes;
import org.rondo.training.timing.TaskTimes;
import org.rondo.training.timing.WallClock;
import org.rondo.training.workspace.WorkspaceKey;
import org.rondo.training.workspace.WorkspacePool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the workers as Spark tasks, one per shard: a train stage over states and held shards, whose
 * results are added up by a {@link Reduction}.
 *
 * <p>Every checkpoint cuts the states' lineage; where checkpoints lie far apart, the states alone
 * are written to a scratch folder between them, so that neither the lineage nor the broadcasts it
 * needs grow without bound (see {@link SparkLimits}).
 */
public final class SparkCarrier implements Carrier {
  private static final Logger LOG = LoggerFactory.getLogger(SparkCarrier.class);

  private final JavaSparkContext spark;
  private final TrainingJob job;
  private final Scratch scratch;
  private final SparkLimits limits;
  private final SparkJobs jobs;
  private final HeldShards data;
  private final ShardStates states;
  private TrainingJob decided;
  private Dataset dataset;

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

  public SparkCarrier(
      JavaSparkContext spark, TrainingJob job, Storage scratch, SparkLimits limits) {
    this.spark = spark;
    this.job = job;
    this.scratch = new Scratch(scratch);
    this.limits = limits;
    jobs = new SparkJobs(spark, limits);
    data = new HeldShards(spark, job);
    states = new ShardStates(spark, job.plan(), limits);
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "Spark %s on %s", spark.version(), spark.master());
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
    return train(round, common).get();
  }

  @Override
  public Supplier<RoundResult> train(Round round, float[] common) {
    // Not before the next round begins: a checkpoint after the last one cuts the lineage as well.
    if (states.mustBeCut()) {
      cutLineage(round.number() - 1);
    }
    return jobs.run("round " + round.number(), () -> trained(round, common));
  }

  private Supplier<RoundResult> trained(Round round, float[] common) {
    WallClock clock = WallClock.start();
    JavaRDD<WorkerResult> results = states.train(data.training(), round, common);
    double written = clock.seconds();
    WireFormat wire = job.plan().sync().wire();
    Supplier<RoundResult> mean =
        reduction(common.length).begin(results.map(done -> Contribution.of(done, wire)));
    double received = clock.seconds();
    states.advance();
    return () -> {
      WallClock adding = WallClock.start();
      RoundResult result = mean.get();
      return result.took(times(written, received + adding.seconds(), result.reports()));
    };
  }

  @Override
  public void announce(float[] common) {
    states.announce(common);
  }

  private Reduction reduction(int length) {
    return Reduction.of(
        job.plan().shards(), length, job.plan().sync().wire(), spark.defaultParallelism(), limits);
  }

  /**
   * Splits a round's time without jobs of their own. Broadcasting is the driver's part of it and
   * the slowest task's wait for it, of the shards that trained; computing is the time in which the
   * busiest executor had a worker running; reducing is all the rest, the start of tasks among it.
   */
  private static RoundTimes times(double written, double total, List<WorkerReport> reports) {
    List<TaskTimes> tasks =
        reports.stream()
            .filter(report -> report.minibatches() > 0)
            .map(WorkerReport::times)
            .toList();
    double broadcast = written + TaskTimes.longestWait(tasks);
    double compute = TaskTimes.busiest(tasks);
    return new RoundTimes(broadcast, compute, Math.max(0, total - broadcast - compute), 0);
  }

  @Override
  public Scores evaluate(String split, float[] parameters) {
    JavaRDD<Shard> parts = data.evaluation(split);
    TrainingJob evaluated = decided(parts);
    WorkspaceKey key = evaluated.evaluationWorkspace(dataset());
    List<Metric> metrics = evaluated.metrics();
    PartEvaluator evaluator = evaluated.evaluator();
    String expected = evaluated.plan().kernels().fingerprint();
    int retries = PatientTask.retries(evaluated.plan().checkpoint());
    Broadcast<float[]> broadcast = spark.broadcast(parameters);
    try {
      List<PartSums> sums =
          jobs.run(
              "evaluation",
              () ->
                  Guarded.collect(
                      parts.map(
                          part -> {
                            float[] values = broadcast.value();
                            return PatientTask.run(
                                retries,
                                () ->
                                    SplitEvaluation.of(
                                        key, expected, evaluator, metrics, values, part));
                          })));
      return Scores.combine(metrics, sums, dataset(), job.plan().data().order(), split);
    } finally {
      if (!spark.sc().isStopped()) {
        broadcast.destroy();
      }
    }
  }

  /** Opened once: storage may be away when it is asked again. */
  private Dataset dataset() {
    if (dataset == null) {
      dataset = job.dataset().open();
    }
    return dataset;
  }

  @Override
  public List<FileEntry> writeStates(Storage folder) {
    List<FileEntry> files = jobs.run("writing states", () -> states.write(folder));
    scratch.leave();
    return files;
  }

  @Override
  public void restoreStates(Storage folder, List<FileEntry> files) {
    if (files.size() != job.plan().shards()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "resume: %s holds %s, the job has %s",
              folder.uri(),
              Counted.of(files.size(), "shard state"),
              Counted.of(job.plan().shards(), "shard")));
    }
    jobs.run(
        "checking states",
        () -> {
          states.requireIntact(folder, files);
          return files;
        });
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
      scratch.delete();
    }
  }

  /** Gives storage that fails as much time as for a checkpoint. */
  private void cutLineage(int round) {
    int limit = job.plan().checkpoint().retries();
    var retries =
        new Retries(
            limit,
            Retries.Pause.SLEEP,
            (failure, retry, seconds) ->
                LOG.warn(
                    "round {}: states could not be written, retry {} of {} in {} s: {}",
                    round,
                    retry,
                    limit,
                    seconds,
                    failure.getMessage()));
    scratch.moveTo(
        retries.run(
            () -> {
              Storage folder = scratch.folder(round);
              jobs.run("writing states", () -> states.write(folder));
              return folder;
            }));
  }
}
