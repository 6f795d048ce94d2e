package org.rondo.driver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.rondo.driver.jobs.Guarded;
import org.rondo.driver.jobs.PatientTask;
import org.rondo.driver.jobs.Place;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.driver.ui.ExecutorActivity;
import org.rondo.ingest.Shard;
import org.rondo.training.Round;
import org.rondo.training.TrainingPlan;
import org.rondo.training.Worker;
import org.rondo.training.WorkerResult;
import org.rondo.training.WorkerState;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Storage;
import org.rondo.training.timing.TaskTimes;
import org.rondo.training.timing.WallClock;

/**
 * The carried states as an RDD with one partition per shard, and what must live as long as its
 * lineage.
 *
 * <p>A lost partition is computed again from the files where its lineage begins, through every
 * round since: so the parameters broadcast in these rounds must stay readable. Only when the states
 * have been written and the lineage begins at those files are they destroyed. Of the results that
 * executors hold, the last round's suffice.
 */
final class ShardStates implements AutoCloseable {
  private final JavaSparkContext spark;
  private final int shards;
  private final int retries;
  private final SparkLimits limits;
  private final List<Broadcast<float[]>> lineage = new ArrayList<>();

  /** By the arrays themselves, of rounds to come; one thread may announce while another trains. */
  private final Map<float[], Broadcast<float[]>> announced =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private JavaRDD<WorkerState> states;
  private JavaRDD<WorkerResult> results;
  private JavaRDD<WorkerResult> next;
  private long lineageBytes;

  ShardStates(JavaSparkContext spark, TrainingPlan plan, SparkLimits limits) {
    this.spark = spark;
    shards = plan.shards();
    retries = PatientTask.retries(plan.checkpoint());
    this.limits = limits;
    states = indices().map(WorkerState::initial);
  }

  /** Whether the lineage has reached one of its limits: time to {@link #write}. */
  boolean mustBeCut() {
    return lineage.size() >= limits.lineageRounds() || lineageBytes >= limits.lineageBytes();
  }

  /** Broadcasts what {@link #train} will be given for a later round. */
  void announce(float[] parameters) {
    announced.put(parameters, spark.broadcast(parameters));
  }

  /**
   * The results of a round over the present states, computed when they are used and then held by
   * the executors; {@link #advance} makes them the present.
   */
  JavaRDD<WorkerResult> train(JavaRDD<Shard> texts, Round round, float[] parameters) {
    Broadcast<float[]> early = announced.remove(parameters);
    Broadcast<float[]> broadcast = early == null ? spark.broadcast(parameters) : early;
    lineage.add(broadcast);
    lineageBytes += (long) parameters.length * Float.BYTES;
    next =
        states
            .zip(texts)
            .map(pair -> work(broadcast, pair._1(), pair._2(), round))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return next;
  }

  private static WorkerResult work(
      Broadcast<float[]> common, WorkerState before, Shard shard, Round round) {
    WallClock wait = WallClock.start();
    float[] vector = common.value();
    double waited = wait.seconds();
    int retries = PatientTask.retries(round.plan().checkpoint());
    return PatientTask.run(retries, () -> measured(vector, before, shard, round, waited));
  }

  private static WorkerResult measured(
      float[] common, WorkerState before, Shard shard, Round round, double waited) {
    long start = WallClock.now();
    WorkerResult result = Worker.work(common, before, shard, round);
    var times = new TaskTimes(Place.here(), waited, start, WallClock.now());
    if (result.report().minibatches() > 0) {
      ExecutorActivity.trained(times.seconds());
    }
    return result.measured(times);
  }

  /** Goes on from the results of {@link #train}, now held; those before them are released. */
  void advance() {
    release(results);
    results = next;
    next = null;
    states = results.map(WorkerResult::state);
    // The driver keeps its copy, from which executors fetch again should they compute again.
    lineage.get(lineage.size() - 1).unpersist();
  }

  /**
   * Lets the tasks write the states and cuts the lineage there. A task that runs twice writes two
   * files; those of the attempts that count are handed back.
   */
  List<FileEntry> write(Storage folder) {
    List<FileEntry> files =
        Guarded.collect(states.map(state -> state.save(folder, TaskContext.get().taskAttemptId())));
    restore(folder, files);
    return files;
  }

  /**
   * Reads files of one state per shard, in shard order, before anything begins at them: a damaged
   * one shows while there is still an earlier checkpoint to take.
   */
  void requireIntact(Storage folder, List<FileEntry> files) {
    Guarded.collect(loaded(folder, files).map(WorkerState::shard));
  }

  /** Begins at files of one state per shard, in shard order. */
  void restore(Storage folder, List<FileEntry> files) {
    states = loaded(folder, files);
    releaseAll();
  }

  private JavaRDD<WorkerState> loaded(Storage folder, List<FileEntry> files) {
    var entries = new ArrayList<>(files);
    int limit = retries;
    return indices()
        .map(shard -> PatientTask.run(limit, () -> WorkerState.load(folder, entries.get(shard))));
  }

  @Override
  public void close() {
    releaseAll();
    announced.values().forEach(Broadcast::destroy);
    announced.clear();
  }

  private JavaRDD<Integer> indices() {
    return spark.parallelize(IntStream.range(0, shards).boxed().toList(), shards);
  }

  private void releaseAll() {
    release(results);
    release(next);
    results = null;
    next = null;
    lineage.forEach(Broadcast::destroy);
    lineage.clear();
    lineageBytes = 0;
  }

  private static void release(JavaRDD<WorkerResult> held) {
    if (held != null) {
      held.unpersist(false);
    }
  }
}
