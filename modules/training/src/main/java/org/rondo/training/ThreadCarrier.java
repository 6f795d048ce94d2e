package org.rondo.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.PartSums;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Shard;
import org.rondo.kernels.Counted;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Require;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.Averaging;
import org.rondo.training.timing.RoundTimes;
import org.rondo.training.timing.TaskTimes;
import org.rondo.training.timing.WallClock;
import org.rondo.training.workspace.WorkspaceKey;
import org.rondo.training.workspace.WorkspacePool;

/** Runs the workers in threads of this process, as many as shards but no more than cores. */
public final class ThreadCarrier implements Carrier {
  private static final int CHUNK = 1 << 16;

  private final TrainingJob job;
  private final Dataset dataset;
  private final String fingerprint;
  private final int threads;
  private final AtomicInteger started = new AtomicInteger();
  private final ExecutorService pool;
  private final List<Shard> shards = new ArrayList<>();
  private final Map<String, List<Shard>> evaluationParts = new HashMap<>();
  private List<WorkerState> states;

  /**
   * Reads nothing of the dataset but its manifest, and a vocabulary, before the first round.
   *
   * @throws IllegalArgumentException if this process has too little memory for it
   */
  public ThreadCarrier(TrainingJob job) {
    this.job = job.decided(job.plan().kernels().multipliesBfloat16());
    int shardCount = job.plan().shards();
    threads = Math.min(shardCount, Runtime.getRuntime().availableProcessors());
    dataset = job.dataset().open();
    List<Integer> steps = dataset.steps(job.plan().trainingText());
    ProcessMemory.requireTraining(this.job, steps, threads);
    fingerprint = this.job.plan().kernels().fingerprint();
    pool = Executors.newFixedThreadPool(threads, this::workerThread);
    states = new ArrayList<>();
    for (int shard = 0; shard < shardCount; shard++) {
      states.add(WorkerState.initial(shard));
    }
  }

  @Override
  public String description() {
    return Counted.of(threads, "thread") + " of this process";
  }

  @Override
  public TrainingJob job() {
    return job;
  }

  @Override
  public List<String> fingerprints() {
    return List.of(fingerprint);
  }

  @Override
  public RoundResult run(Round round, float[] parameters) {
    if (shards.isEmpty()) {
      TrainingPlan plan = job.plan();
      shards.addAll(all(plan.shards(), i -> plan.shard(dataset, i)));
    }
    WallClock whole = WallClock.start();
    List<WorkerResult> results = all(shards.size(), i -> work(i, round, parameters));
    double compute = whole.seconds();
    states = results.stream().map(WorkerResult::state).toList();
    return new RoundResult(mean(results), results.stream().map(WorkerResult::report).toList())
        .took(new RoundTimes(0, compute, whole.seconds() - compute, 0));
  }

  private WorkerResult work(int shard, Round round, float[] parameters) {
    long start = WallClock.now();
    WorkerResult result = Worker.work(parameters, states.get(shard), shards.get(shard), round);
    return result.measured(
        new TaskTimes(Thread.currentThread().getName(), 0, start, WallClock.now()));
  }

  private float[] mean(List<WorkerResult> results) {
    List<float[]> vectors = results.stream().map(WorkerResult::contribution).toList();
    long[] tokens = results.stream().mapToLong(result -> result.report().tokens()).toArray();
    var mean = new float[Averaging.length(vectors, tokens)];
    int chunks = (mean.length + CHUNK - 1) / CHUNK;
    all(
        chunks,
        c -> {
          int to = Math.min(mean.length, (c + 1) * CHUNK);
          Averaging.mean(vectors, tokens, mean, c * CHUNK, to);
          return c;
        });
    return mean;
  }

  @Override
  public Scores evaluate(String split, float[] parameters) {
    TrainingPlan plan = job.plan();
    List<Shard> parts =
        evaluationParts.computeIfAbsent(
            split, s -> all(plan.evaluation().parts(), i -> plan.evaluationPart(dataset, s, i)));
    WorkspaceKey key = job.evaluationWorkspace(dataset);
    List<Metric> metrics = job.metrics();
    List<PartSums> sums =
        all(
            parts.size(),
            i ->
                SplitEvaluation.of(
                    key, fingerprint, job.evaluator(), metrics, parameters, parts.get(i)));
    return Scores.combine(metrics, sums, dataset, plan.data().order(), split);
  }

  @Override
  public List<FileEntry> writeStates(Storage folder) {
    return all(states.size(), i -> states.get(i).save(folder, 0));
  }

  @Override
  public void restoreStates(Storage folder, List<FileEntry> files) {
    Require.that(
        files.size() == states.size(),
        String.format(
            Locale.ROOT,
            "resume: %s holds %s, the job has %s",
            folder.uri(),
            Counted.of(files.size(), "shard state"),
            Counted.of(states.size(), "shard")));
    states = all(files.size(), i -> WorkerState.load(folder, files.get(i)));
  }

  @Override
  public void close() {
    pool.shutdownNow();
    WorkspacePool.clear();
  }

  /** Runs a task per index on the pool; results in order; the first failure is thrown as it is. */
  private <R> List<R> all(int count, IntFunction<R> task) {
    var tasks = new ArrayList<Callable<R>>();
    for (int i = 0; i < count; i++) {
      int index = i;
      tasks.add(() -> task.apply(index));
    }
    var results = new ArrayList<R>();
    try {
      for (Future<R> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new TrainingException("a worker failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted while workers were running", e);
    }
    return results;
  }

  private Thread workerThread(Runnable task) {
    var thread = new Thread(task, "thread " + started.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
