package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.rondo.ingest.IngestException;

/** Training through the master against DL4J's own {@code fit} on the same minibatches. */
class RondoTrainingMasterTest {
  private static final int BATCH = 6;
  private static final int STEPS = 8;
  private static final int MINIBATCHES = 5;
  private static final int CLASSES = 4;

  private static JavaSparkContext spark;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = EmbeddedSpark.start("local[2]");
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  static List<IUpdater> everyUpdater() {
    return List.of(new Sgd(0.05), new Nesterovs(0.02, 0.9), new Adam(0.01));
  }

  @ParameterizedTest
  @MethodSource("everyUpdater")
  void oneWorkerTakesTheStepsThatDl4jTakes(IUpdater updater) {
    // Adam divides by the root of tiny squares, which multiplies the gradients' rounding.
    double tolerance = updater instanceof Adam ? 1e-2 : 1e-5;
    assertSameSteps(perStep(updater, GradientNormalization.None), data(STEPS), 2, tolerance);
  }

  @Test
  void elementsAreClippedAlike() {
    assertSameSteps(
        perStep(new Sgd(0.5), GradientNormalization.ClipElementWiseAbsoluteValue), data(STEPS), 1);
  }

  /**
   * The second piece's outputs, and with them the output layer's gradient, follow from the state
   * that the first one left. DL4J's gradients of the layers below are others than those of its own
   * outputs from the second piece on.
   */
  @Test
  void truncatedStepsCarryTheirStateAlike() {
    MultiLayerConfiguration configuration = perStep(new Sgd(0.05), GradientNormalization.None);
    configuration.setBackpropType(BackpropType.TruncatedBPTT);
    configuration.setTbpttFwdLength(STEPS / 2);
    configuration.setTbpttBackLength(STEPS / 2);
    MultiLayerNetwork expected = initialNetwork(configuration);
    var network = new SparkDl4jMultiLayer(spark, configuration, master(1).build());
    DataSet data = data(STEPS).get(0);

    expected.fit(data);
    network.fit(spark.parallelize(List.of(data), 1));

    assertThat(network.getNetwork().getIterationCount()).isEqualTo(2);
    float[] wanted = expected.getLayer(1).params().toFloatVector();
    float[] trained = network.getNetwork().getLayer(1).params().toFloatVector();
    for (int i = 0; i < wanted.length; i++) {
      assertThat(trained[i]).as("parameter %d", i).isCloseTo(wanted[i], within(1e-6f));
    }
  }

  @Test
  void resultsOfWholeSequencesAreLearnedAlike() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new Sgd(0.3))
            .list()
            .layer(new LastTimeStep(lstm()))
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(5)
                    .nOut(CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    List<DataSet> data = new ArrayList<>();
    for (DataSet each : data(STEPS)) {
      INDArray last = each.getLabels().tensorAlongDimension(0, 0, 1).dup();
      data.add(new DataSet(each.getFeatures(), last));
    }

    assertSameSteps(configuration, data, 1);
  }

  private void assertSameSteps(
      MultiLayerConfiguration configuration, List<DataSet> data, int epochs) {
    assertSameSteps(configuration, data, epochs, 1e-5); // of float32, summed in other orders
  }

  /** Trains both ways for some epochs; every data set is a minibatch. */
  private void assertSameSteps(
      MultiLayerConfiguration configuration, List<DataSet> data, int epochs, double tolerance) {
    MultiLayerNetwork expected = initialNetwork(configuration);
    var network = new SparkDl4jMultiLayer(spark, configuration, master(1).build());
    JavaRDD<DataSet> distributed = spark.parallelize(data, 1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      data.forEach(expected::fit);
      network.fit(distributed);
    }

    INDArray wanted = expected.params();
    double moved = wanted.distance2(initialNetwork(configuration).params());
    double apart = wanted.distance2(network.getNetwork().params());
    assertThat(moved).as("way that training went").isGreaterThan(0.1);
    assertThat(apart / moved).as("distance, as a share of that way").isLessThan(tolerance);
    assertThat(network.getNetwork().getIterationCount()).isEqualTo(expected.getIterationCount());
    assertThat(network.getNetwork().getEpochCount()).isEqualTo(epochs);
  }

  @Test
  void everyAverageIsHeardOfWithScoreAndParameters() {
    var scores = new ArrayList<Double>();
    var iterations = new ArrayList<Integer>();
    var parameters = new ArrayList<INDArray>();
    MultiLayerConfiguration configuration = perStep(new Sgd(1e-9), GradientNormalization.None);
    var network = new SparkDl4jMultiLayer(spark, configuration, master(1).build());
    network.setListeners(
        List.of(
            new BaseTrainingListener() {
              @Override
              public void iterationDone(Model model, int iteration, int epoch) {
                scores.add(model.score());
                iterations.add(iteration);
                parameters.add(model.params().dup());
              }
            }));
    List<DataSet> data = data(STEPS);

    network.fit(spark.parallelize(data, 1));

    assertThat(iterations).containsExactly(2, 4, 5);
    assertThat(parameters).hasSize(3);
    double last = network.getNetwork().score(data.get(MINIBATCHES - 1), true);
    assertThat(scores.get(2)).isCloseTo(last, within(1e-4));
    assertThat(network.getScore()).isEqualTo(scores.get(2));
  }

  @Test
  void pathsOfDataSetsAreTrainedAsTheDataSetsAre() throws IOException {
    List<DataSet> data = data(STEPS);
    var paths = new ArrayList<String>();
    for (int i = 0; i < data.size(); i++) {
      Path file = folder.resolve("data-%d.bin".formatted(i));
      data.get(i).save(file.toFile());
      paths.add(file.toUri().toString());
    }
    MultiLayerConfiguration configuration = perStep(new Adam(0.01), GradientNormalization.None);
    var fromMemory = new SparkDl4jMultiLayer(spark, configuration.clone(), master(2).build());
    var fromFiles = new SparkDl4jMultiLayer(spark, configuration.clone(), master(2).build());

    fromMemory.fit(spark.parallelize(data, 3));
    fromFiles.fitPaths(spark.parallelize(paths, 3));

    assertThat(fromFiles.getNetwork().params().toFloatVector())
        .isEqualTo(fromMemory.getNetwork().params().toFloatVector())
        .isNotEqualTo(initial(configuration));
  }

  @Test
  void temporaryFilesLieBelowTheExportDirectoryUntilTheyAreDeleted() {
    RondoTrainingMaster master = master(2).build();
    var network =
        new SparkDl4jMultiLayer(spark, perStep(new Sgd(0.1), GradientNormalization.None), master);

    network.fit(spark.parallelize(data(STEPS), 2));

    // A folder, and the mark by which the next job finds it if this one is killed.
    assertThat(folder.toFile().list()).hasSize(2).allMatch(name -> name.contains("data-sets"));
    assertThat(master.deleteTempFiles(spark)).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void labelsOfAnotherSizeEndTheFitBeforeAnythingIsTrained() {
    MultiLayerConfiguration configuration = perStep(new Sgd(0.1), GradientNormalization.None);
    var network = new SparkDl4jMultiLayer(spark, configuration, master(2).build());
    DataSet broken = data(STEPS).get(0);
    broken.setLabels(Nd4j.zeros(BATCH, CLASSES + 1, STEPS));

    assertThatThrownBy(() -> network.fit(spark.parallelize(List.of(broken), 1)))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("labels of shape [6, 5, 8]; the network has 4");
    assertThat(network.getNetwork().params().toFloatVector()).isEqualTo(initial(configuration));
  }

  @Test
  void dataAreWrittenAgainAfterOthersFailed() {
    MultiLayerConfiguration configuration = perStep(new Sgd(0.1), GradientNormalization.None);
    var network = new SparkDl4jMultiLayer(spark, configuration, master(2).build());
    JavaRDD<DataSet> data = spark.parallelize(data(STEPS), 2);
    DataSet broken = data(STEPS).get(0);
    broken.setLabels(Nd4j.zeros(BATCH, CLASSES + 1, STEPS));

    network.fit(data);
    float[] once = network.getNetwork().params().toFloatVector();
    assertThatThrownBy(() -> network.fit(spark.parallelize(List.of(broken), 1)))
        .isInstanceOf(IngestException.class);
    network.fit(data);

    assertThat(network.getNetwork().params().toFloatVector()).isNotEqualTo(once);
  }

  @Test
  void dataThatAWorkerDoesNotHoldGiveTheSameParameters() {
    MultiLayerConfiguration configuration = perStep(new Sgd(0.1), GradientNormalization.None);
    // 5 data sets of 6 sequences of 3,000 steps of 3 numbers and a class: more than 1 MB.
    var parameters = new ArrayList<INDArray>();
    for (int megabytes : new int[] {1, 64}) {
      var network =
          new SparkDl4jMultiLayer(spark, configuration, master(1).shardMemory(megabytes).build());
      parameters.add(network.fit(spark.parallelize(data(3000), 2)).params());
    }
    assertThat(parameters.get(0)).isEqualTo(parameters.get(1));
  }

  @Test
  void anUpdaterThatRondoHasNotIsAnErrorThatNamesIt() {
    MultiLayerConfiguration configuration = perStep(new RmsProp(0.1), GradientNormalization.None);
    var network = new SparkDl4jMultiLayer(spark, configuration, master(2).build());

    assertThatThrownBy(() -> network.fit(spark.parallelize(data(STEPS), 2)))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContaining("RmsProp");
  }

  @Test
  void whatDl4jsMasterHasMoreIsAnErrorWithItsCure() {
    RondoTrainingMaster master = master(1).build();

    assertThatThrownBy(() -> master.setCollectTrainingStats(true))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "RondoTrainingMaster has no SparkTrainingStats; watch the tab Training of Spark's"
                + " pages");
    assertThatThrownBy(() -> master.addHook(null)).hasMessageContaining("TrainingListener");
    assertThatThrownBy(
            () -> master.setListeners(new CollectionStatsStorageRouter(null, null, null), null))
        .hasMessageContaining("StatsStorageRouter");
    assertThat(master.getIsCollectTrainingStats()).isFalse();
    assertThatThrownBy(() -> master(1).collectTrainingStats(true))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("watch the tab Training");
    TrainingHook hook = null;
    assertThatThrownBy(() -> master(1).trainingHooks(hook))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("use a TrainingListener");
  }

  static List<Method> everyOptionOfDl4j() {
    return Stream.of(ParameterAveragingTrainingMaster.Builder.class.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> !method.getName().equals("build"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("everyOptionOfDl4j")
  void itsBuilderTakesEveryOptionOfDl4js(Method option) throws NoSuchMethodException {
    Class<?> builder = RondoTrainingMaster.Builder.class;
    Method own = builder.getMethod(option.getName(), option.getParameterTypes());
    assertThat(own.getReturnType()).isEqualTo(builder);
    assertThat(own.isVarArgs()).isEqualTo(option.isVarArgs());
  }

  @Test
  void itsBuilderIsMadeAsDl4jsIs() throws NoSuchMethodException {
    for (Constructor<?> made : ParameterAveragingTrainingMaster.Builder.class.getConstructors()) {
      assertThat(RondoTrainingMaster.Builder.class.getConstructor(made.getParameterTypes()))
          .isNotNull();
    }
  }

  @Test
  void optionsThatAskForNothingChangeNothing() {
    RondoTrainingMaster.Builder builder =
        master(1)
            .storageLevelStreams(StorageLevel.MEMORY_ONLY())
            .collectTrainingStats(false)
            .trainingHooks()
            .trainingHooks(List.of());
    assertThat(builder.build().toJson()).isEqualTo(master(1).build().toJson());
  }

  @Test
  void itsOptionsAreWrittenAsJson() {
    assertThat(master(3).build().toJson().replaceAll("\\s", ""))
        .contains("\"averagingFrequency\":2")
        .contains("\"batchSizePerWorker\":6")
        .contains("\"numWorkers\":3")
        .contains("\"saveUpdater\":true");
  }

  @Test
  void anOptionThatCannotBeIsNamed() {
    assertThatThrownBy(() -> master(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training master: numWorkers must be >= 1, got 0");
    assertThatThrownBy(() -> master(1).averagingFrequency(0).build())
        .hasMessage("training master: averagingFrequency must be >= 1, got 0");
    assertThatThrownBy(() -> master(1).precision("half").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("precision = half: must be float32, bfloat16 or auto");
    assertThatThrownBy(() -> master(1).precision(null).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("precision = null");
    assertThatThrownBy(() -> master(1).exportDirectory("").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("training master: exportDirectory = ''");
  }

  private RondoTrainingMaster.Builder master(int workers) {
    return new RondoTrainingMaster.Builder(workers, BATCH)
        .batchSizePerWorker(BATCH)
        .averagingFrequency(2)
        .saveUpdater(true)
        .exportDirectory(folder.toUri().toString())
        .precision("float32");
  }

  private static float[] initial(MultiLayerConfiguration configuration) {
    return initialNetwork(configuration).params().toFloatVector();
  }

  private static MultiLayerNetwork initialNetwork(MultiLayerConfiguration configuration) {
    var network = new MultiLayerNetwork(configuration.clone());
    network.init();
    return network;
  }

  private static MultiLayerConfiguration perStep(
      IUpdater updater, GradientNormalization normalization) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .updater(updater)
        .gradientNormalization(normalization)
        .gradientNormalizationThreshold(0.05)
        .list()
        .layer(lstm())
        .layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(5)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  private static LSTM lstm() {
    return new LSTM.Builder().nIn(3).nOut(5).activation(Activation.TANH).build();
  }

  /** Values, and for each step the class that their sign and size suggest. */
  private static List<DataSet> data(int steps) {
    var random = new Random(9);
    var all = new ArrayList<DataSet>();
    for (int i = 0; i < MINIBATCHES; i++) {
      INDArray features = Nd4j.zeros(BATCH, 3, steps);
      INDArray labels = Nd4j.zeros(BATCH, CLASSES, steps);
      for (int b = 0; b < BATCH; b++) {
        for (int t = 0; t < steps; t++) {
          double first = random.nextGaussian();
          features.putScalar(b, 0, t, first);
          features.putScalar(b, 1, t, random.nextGaussian());
          features.putScalar(b, 2, t, 1);
          labels.putScalar(b, (first > 0 ? 2 : 0) + (Math.abs(first) > 0.7 ? 1 : 0), t, 1);
        }
      }
      all.add(new DataSet(features, labels));
    }
    return all;
  }
}
