package org.rondo.interop.dl4j;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.rondo.driver.SparkCarrier;
import org.rondo.ingest.DataOrder;
import org.rondo.models.NetworkSpec;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.DataPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.CommonState;
import org.rondo.training.workspace.WorkspaceKey;

/** One call of {@code fit}: trains every sequence once, and lets DL4J's network know. */
final class Fit {
  private final SparkDl4jMultiLayer workers;
  private final MultiLayerNetwork network;
  private final AveragingPlan plan;
  private final List<TrainingListener> listeners;
  private final NetworkSpec spec;
  private final float[] parameters;

  /**
   * @throws UnsupportedLayerException naming a layer that Rondo has not
   */
  Fit(SparkDl4jMultiLayer workers, AveragingPlan plan, List<TrainingListener> listeners) {
    this.workers = workers;
    this.plan = plan;
    this.listeners = listeners;
    network = workers.getNetwork();
    ImportedNetwork imported = Dl4jNetwork.of(network);
    spec = imported.spec();
    parameters = imported.parameters();
  }

  /**
   * Trains.
   *
   * @param id of the RDD that the data come from
   */
  void train(ExportedDataSets exported, JavaRDD<DataSet> data, int id, Progress progress) {
    JavaSparkContext spark = workers.getSparkContext();
    int unroll = Dl4jUpdate.unroll(network.getLayerWiseConfigurations(), Integer.MAX_VALUE);
    List<WrittenPart> parts = exported.write(data, id, DataSetSequences.of(spec), unroll);
    int shards = plan.workers().orElseGet(spark::defaultParallelism);
    var dealt = DealtSequences.of(exported.folder(), parts, shards);
    var job = new TrainingJob(spec, trainingPlan(dealt), dealt.folder());
    listeners.forEach(listener -> listener.onEpochStart(network));
    try (var carrier = new SparkCarrier(spark, job, exported.scratch())) {
      train(carrier, dealt, progress);
    }
    listeners.forEach(listener -> listener.onEpochEnd(network));
  }

  private TrainingPlan trainingPlan(DealtSequences dealt) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    int unroll = Dl4jUpdate.unroll(configuration, dealt.longest());
    return TrainingPlan.defaults()
        .with(
            p ->
                p.seed(plan.seed())
                    .shards(dealt.shards())
                    .data(new DataPlan(DataOrder.CONTIGUOUS, plan.shardMemory(), 1))
                    .rounds(1)
                    .minibatches(plan.frequency())
                    .batch(plan.batch(), unroll)
                    .update(Dl4jUpdate.plan(configuration, dealt.targetsOfRow()))
                    .sync(plan.sync())
                    .evaluation(new EvaluationPlan(1, 1, 1, 0))
                    .checkpoint(new CheckpointPlan(0, 1, 5))
                    .kernels(plan.kernels()));
  }

  private void train(Carrier carrier, DealtSequences dealt, Progress progress) {
    TrainingJob job = carrier.job();
    String fingerprint = carrier.requireEqualKernels();
    WorkspaceKey key = job.trainingWorkspace(job.dataset().open());
    long left = dealt.minibatches(workers.getSparkContext(), job.plan());
    try (var common = CommonState.initial(job, progress.begin(spec, parameters))) {
      while (left > 0) {
        int minibatches = (int) Math.min(left, plan.frequency());
        TrainingPlan ofRound = job.plan().with(p -> p.minibatches(minibatches));
        var round =
            new Round(progress.nextRound(), progress.minibatches(), ofRound, 1, key, fingerprint);
        RoundResult result = carrier.run(round, common.vector());
        common.advance(round, result);
        progress.advance(minibatches, common.vector(), parameters.length);
        left -= minibatches;
        averaged(minibatches, result.trainLoss() * dealt.targetsOfRow(), left == 0, common);
      }
    }
  }

  /** Counts and scores as DL4J's own master does; parameters only where somebody looks. */
  private void averaged(int minibatches, double score, boolean last, CommonState common) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    configuration.setIterationCount(configuration.getIterationCount() + minibatches);
    workers.setScore(score);
    network.setScore(score);
    if (last || !listeners.isEmpty()) {
      Dl4jParameters.into(network, spec, common.parameters());
    }
    for (TrainingListener listener : listeners) {
      listener.iterationDone(
          network, configuration.getIterationCount(), configuration.getEpochCount());
    }
  }
}
