package org.rondo.interop.dl4j;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.RepartitionStrategy;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.common.LoadDataSetFunction;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.rondo.training.DataPlan;
import org.rondo.training.workspace.KernelPlan;

/**
 * Trains a {@link SparkDl4jMultiLayer} by Rondo's workers: a job that was written for DL4J's {@code
 * ParameterAveragingTrainingMaster} moves by building this one in its place.
 *
 * <pre>{@code
 * TrainingMaster<?, ?> master = new RondoTrainingMaster.Builder(1)
 *     .batchSizePerWorker(32).averagingFrequency(5).saveUpdater(true).build();
 * var network = new SparkDl4jMultiLayer(spark, configuration, master);
 * network.fit(data);
 * }</pre>
 *
 * <p>Every call of {@code fit} is one epoch: the data sets are written once as sequences, dealt to
 * the workers one after the other, and each is trained once, in an order that is always the same.
 * Calls after the first go on with the updater's memory, if {@code saveUpdater} keeps it, and with
 * the network as it then is. The network, its score and its listeners learn of every average.
 *
 * <p>What DL4J has and Rondo has not is an {@link UnsupportedOperationException}. For one network,
 * and one caller at a time.
 */
public final class RondoTrainingMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private final AveragingPlan plan;
  private final ExportedDataSets exported;
  private final Progress progress = new Progress();
  private List<TrainingListener> listeners = List.of();

  private RondoTrainingMaster(AveragingPlan plan) {
    this.plan = plan;
    exported = new ExportedDataSets(plan.exportDirectory());
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> trainingData) {
    new Fit(network, plan, listeners).train(exported, trainingData, trainingData.id(), progress);
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> trainingDataPaths,
      DataSetLoader dsLoader,
      MultiDataSetLoader mdsLoader) {
    if (network == null || dsLoader == null) {
      throw unsupported("graphs and MultiDataSets", "train a MultiLayerNetwork on DataSets");
    }
    var files =
        new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(network.getSparkContext()));
    JavaRDD<DataSet> loaded = trainingDataPaths.map(new LoadDataSetFunction(dsLoader, files));
    new Fit(network, plan, listeners).train(exported, loaded, trainingDataPaths.id(), progress);
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> trainingData) {
    throw graphs();
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> trainingData) {
    throw graphs();
  }

  private static UnsupportedOperationException graphs() {
    return unsupported("a ComputationGraph", "write its layers as a MultiLayerNetwork");
  }

  /** Replaces the listeners; each hears of every average, on the driver. */
  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    this.listeners = listeners == null ? List.of() : List.copyOf(listeners);
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
    if (router != null) {
      throw unsupported(
          "a StatsStorageRouter",
          "give listeners alone, or watch the tab Training of Spark's pages");
    }
    setListeners(listeners);
  }

  @Override
  public boolean deleteTempFiles(JavaSparkContext sc) {
    return exported.delete();
  }

  @Override
  public boolean deleteTempFiles(SparkContext sc) {
    return exported.delete();
  }

  @Override
  public String toJson() {
    return written(NeuralNetConfiguration.mapper());
  }

  @Override
  public String toYaml() {
    return written(NeuralNetConfiguration.mapperYaml());
  }

  private String written(ObjectMapper mapper) {
    try {
      return mapper.writeValueAsString(Map.of("RondoTrainingMaster", plan.toMap()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("training master: not writable: " + plan, e);
    }
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw workers();
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw workers();
  }

  private static UnsupportedOperationException workers() {
    return unsupported("DL4J's workers", "call fit: Rondo's own workers train");
  }

  @Override
  public void addHook(TrainingHook trainingHook) {
    throw hooks();
  }

  private static UnsupportedOperationException hooks() {
    return unsupported("training hooks", "use a TrainingListener, which hears of every average");
  }

  /** There are none. */
  @Override
  public void removeHook(TrainingHook trainingHook) {}

  @Override
  public void setCollectTrainingStats(boolean collectTrainingStats) {
    if (collectTrainingStats) {
      throw stats();
    }
  }

  private static UnsupportedOperationException stats() {
    return unsupported("SparkTrainingStats", "watch the tab Training of Spark's pages");
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return false;
  }

  /** Null, as DL4J's own master answers when it collects none. */
  @Override
  public SparkTrainingStats getTrainingStats() {
    return null;
  }

  private static UnsupportedOperationException unsupported(String what, String cure) {
    return new UnsupportedOperationException(
        String.format(Locale.ROOT, "RondoTrainingMaster has no %s; %s", what, cure));
  }

  /**
   * The options of {@code ParameterAveragingTrainingMaster.Builder}, by the same names and with the
   * same defaults, {@link #precision} and {@link #shardMemory}.
   */
  public static final class Builder {
    private final OptionalInt workers;
    private int batch = 16;
    private int frequency = 5;
    private boolean saveUpdater;
    private Optional<String> exportDirectory = Optional.empty();
    private long seed = 1;
    private String precision = "auto";
    private int shardMemory = DataPlan.DEFAULT.shardMemory();

    /** As many workers as the cluster has cores. */
    public Builder(int rddDataSetNumExamples) {
      this(null, rddDataSetNumExamples);
    }

    /**
     * @param numWorkers shards that learn side by side; null: as many as the cluster has cores. The
     *     same number gives the same bits on any cluster
     * @param rddDataSetNumExamples of each data set; Rondo counts them itself, so it only has to be
     *     a number above 0
     */
    public Builder(Integer numWorkers, int rddDataSetNumExamples) {
      if (rddDataSetNumExamples < 1) {
        throw new IllegalArgumentException(
            "training master: rddDataSetNumExamples must be >= 1, got " + rddDataSetNumExamples);
      }
      workers = numWorkers == null ? OptionalInt.empty() : OptionalInt.of(numWorkers);
    }

    /** Sequences of a minibatch; 16 by default. */
    public Builder batchSizePerWorker(int batchSizePerWorker) {
      batch = batchSizePerWorker;
      return this;
    }

    /** Minibatches per worker between two averages; 5 by default. */
    public Builder averagingFrequency(int averagingFrequency) {
      frequency = averagingFrequency;
      return this;
    }

    /**
     * Whether the updater's memory is averaged with the parameters and goes on; by default it
     * begins anew after each average.
     */
    public Builder saveUpdater(boolean saveUpdater) {
      this.saveUpdater = saveUpdater;
      return this;
    }

    /**
     * Folder that driver and executors reach, for the data sets as sequences; null, the default:
     * below {@code hadoop.tmp.dir}.
     */
    public Builder exportDirectory(String exportDirectory) {
      this.exportDirectory = Optional.ofNullable(exportDirectory);
      return this;
    }

    /** Seed of dropout; 1 by default. The order of the data does not depend on it. */
    public Builder rngSeed(long rngSeed) {
      seed = rngSeed;
      return this;
    }

    /**
     * What inputs of matrix products are rounded to: {@code float32}, {@code bfloat16}, or {@code
     * auto}, the default: bfloat16 where driver and executors multiply it at their speed.
     */
    public Builder precision(String precision) {
      this.precision = precision;
      return this;
    }

    /**
     * MB of sequences that one worker holds, the configuration's {@code data.shard_memory}; 64 by
     * default. What is more is read as it is needed, with the same result.
     */
    public Builder shardMemory(int megabytes) {
      shardMemory = megabytes;
      return this;
    }

    /** Changes nothing: workers read ahead by themselves. */
    public Builder workerPrefetchNumBatches(int prefetchNumBatches) {
      return this;
    }

    /** Changes nothing: how workers come together is decided by the model's size. */
    public Builder aggregationDepth(int aggregationDepth) {
      return this;
    }

    /** Changes nothing: data sets are always written first, as by {@code Export}. */
    public Builder rddTrainingApproach(RDDTrainingApproach rddTrainingApproach) {
      return this;
    }

    /** Changes nothing: data sets are always dealt to the workers evenly. */
    public Builder repartionData(Repartition repartition) {
      return this;
    }

    /** Changes nothing, see {@link #repartionData}. */
    public Builder repartitionStrategy(RepartitionStrategy repartitionStrategy) {
      return this;
    }

    /** Changes nothing: the caller's data are read once and not held. */
    public Builder storageLevel(StorageLevel storageLevel) {
      return this;
    }

    /** Changes nothing, see {@link #storageLevel}. */
    public Builder storageLevelStreams(StorageLevel storageLevelStreams) {
      return this;
    }

    /**
     * Changes nothing where none are wanted.
     *
     * @throws UnsupportedOperationException if they are
     */
    public Builder collectTrainingStats(boolean collectTrainingStats) {
      if (collectTrainingStats) {
        throw stats();
      }
      return this;
    }

    /**
     * Changes nothing where there are none.
     *
     * @throws UnsupportedOperationException if there is a hook
     */
    public Builder trainingHooks(Collection<TrainingHook> trainingHooks) {
      if (!trainingHooks.isEmpty()) {
        throw hooks();
      }
      return this;
    }

    /** As {@link #trainingHooks(Collection)}. */
    public Builder trainingHooks(TrainingHook... hooks) {
      return trainingHooks(Arrays.asList(hooks));
    }

    /**
     * The master.
     *
     * @throws IllegalArgumentException naming an option and its value
     */
    public RondoTrainingMaster build() {
      return new RondoTrainingMaster(
          new AveragingPlan(
              workers,
              batch,
              frequency,
              saveUpdater,
              exportDirectory,
              seed,
              KernelPlan.of(String.valueOf(precision)), // so that null is named like any other
              shardMemory));
    }
  }
}
