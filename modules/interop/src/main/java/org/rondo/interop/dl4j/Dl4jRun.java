package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.driver.TrainingResult;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.DatasetFolder;
import org.rondo.ingest.Deal;
import org.rondo.ingest.Shard;
import org.rondo.ingest.Split;
import org.rondo.models.Network;
import org.rondo.runs.Engine;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.CheckpointStore;
import org.rondo.training.checkpoint.CheckpointWriter;
import org.rondo.training.checkpoint.RunState;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.End;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.timing.WallClock;

/** One run of {@link Dl4jEngine}. */
final class Dl4jRun {
  private final Engine.Work work;
  private final JavaSparkContext spark;
  private final TrainingJob job;
  private final TrainingPlan plan;
  private final Dataset text;
  private final CheckpointStore store;
  private final CheckpointWriter writer;
  private final MultiLayerNetwork network;
  private final SparkDl4jMultiLayer workers;
  private RunState run = RunState.initial();

  Dl4jRun(Engine.Work work, JavaSparkContext spark) {
    this.work = work;
    this.spark = spark;
    job = work.carrier().job();
    plan = job.plan();
    text = job.dataset().open();
    store = new CheckpointStore(work.output());
    writer = new CheckpointWriter(store, job, text, plan.kernels().fingerprint(), work.listener());
    network = new MultiLayerNetwork(Dl4jLanguageModel.of(job.network(), plan));
    network.init();
    Dl4jParameters.into(
        network, job.network(), Network.initialParameters(job.network(), plan.seed()));
    workers = new SparkDl4jMultiLayer(spark, network, master());
  }

  /** A round is one data set per worker, so one call of fit is one average. */
  private ParameterAveragingTrainingMaster master() {
    int batch = plan.rounds().batch();
    return new ParameterAveragingTrainingMaster.Builder(plan.shards(), batch)
        .batchSizePerWorker(batch)
        .averagingFrequency(1)
        .saveUpdater(plan.sync().slots() != SlotPolicy.RESET)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(StorageLevel.MEMORY_ONLY_SER())
        .rngSeed(plan.seed())
        .build();
  }

  TrainingResult train() {
    started();
    JavaRDD<Shard> shards = shards();
    End end;
    try {
      end = trainRounds(shards);
    } finally {
      release(shards);
    }
    work.listener().on(new TrainingEvent.Finished(run.round(), end));
    return TrainingResult.of(run, end, parameters(), store, work.carrier().job().metrics());
  }

  private End trainRounds(JavaRDD<Shard> shards) {
    Optional<End> end = Optional.empty();
    while (end.isEmpty()) {
      trainRound(shards);
      boolean last = run.round() == plan.rounds().count();
      if (last || run.round() % plan.evaluation().every() == 0) {
        evaluate();
      }
      end = run.end(plan).or(work.stop()::reason);
    }
    return end.get();
  }

  private void started() {
    Deal dealt = job.requireTokens(text);
    work.listener()
        .on(
            new TrainingEvent.Started(
                1,
                plan.rounds().count(),
                plan.shards(),
                Math.toIntExact(network.numParams()),
                String.format(
                    Locale.ROOT, "DL4J's parameter averaging, %s", work.carrier().description()),
                "ND4J " + Nd4j.getBackend().getClass().getSimpleName(),
                dealt.leftover(),
                List.of(),
                dealt.remarks()));
  }

  private JavaRDD<Shard> shards() {
    DatasetFolder from = job.dataset();
    TrainingPlan cut = plan;
    List<Integer> indices = IntStream.range(0, plan.shards()).boxed().toList();
    return spark
        .parallelize(indices, plan.shards())
        .map(i -> cut.shard(from.open(), i))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private void trainRound(JavaRDD<Shard> shards) {
    long first = run.minibatches();
    int minibatches = plan.rounds().syncEvery();
    int batch = plan.rounds().batch();
    int unroll = plan.rounds().unroll();
    JavaRDD<DataSet> data =
        shards.map(shard -> TextDataSet.of(shard, first, minibatches, unroll, batch));
    double seconds;
    long tokens;
    try {
      WallClock clock = WallClock.start();
      workers.fit(data);
      seconds = clock.seconds();
      tokens = data.map(TextDataSet::targets).reduce(Long::sum); // held since it was trained on
    } finally {
      release(data);
    }
    run = run.trained(minibatches, tokens, seconds);
    work.listener()
        .on(
            new TrainingEvent.RoundFinished(
                run.round(),
                plan.rounds().count(),
                workers.getScore() / unroll,
                tokens,
                seconds,
                tokens / seconds,
                plan.update().optimizer().learningRate(),
                0,
                0));
  }

  /** A stopped context has forgotten them, and would hide why it was stopped. */
  private void release(JavaRDD<?> held) {
    if (!spark.sc().isStopped()) {
      held.unpersist(false);
    }
  }

  private void evaluate() {
    float[] parameters = parameters();
    Scores scores = work.carrier().evaluate(Split.VALIDATION, parameters);
    if (!Double.isFinite(scores.loss())) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "round %d: the validation loss is %s: DL4J's parameters have diverged; a smaller optimizer.learning_rate may help",
              run.round(),
              scores.loss()));
    }
    run = run.evaluated(scores.all(), plan);
    work.listener().on(TrainingEvent.Evaluated.of(run.round(), scores, run.foundBest()));
    if (run.foundBest()) {
      work.owner().requireHeld();
      String path = writer.writeBest(run, parameters);
      work.listener().on(new TrainingEvent.CheckpointWritten(run.round(), path, true));
    }
  }

  private float[] parameters() {
    return Dl4jNetwork.of(network).parameters();
  }
}
