package org.rondo.interop.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A job that was written for DL4J on Spark: an LSTM learns to say which of four symbols it saw
 * three steps before. Moving it to Rondo changes the line that builds the training master.
 */
final class MigrationExample {
  static final int SYMBOLS = 4;
  static final int STEPS = 12;
  private static final int BACK = 3;

  private MigrationExample() {}

  /** As the job stood. */
  static TrainingMaster<?, ?> before() {
    return new ParameterAveragingTrainingMaster.Builder(2, 1)
        .batchSizePerWorker(8)
        .averagingFrequency(8)
        .saveUpdater(true)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .build();
  }

  /** As it stands now. */
  static TrainingMaster<?, ?> after() {
    return new RondoTrainingMaster.Builder(2, 1)
        .batchSizePerWorker(8)
        .averagingFrequency(8)
        .saveUpdater(true)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .build();
  }

  /** All the rest, which stays as it is: trains, and hands back the network with its last score. */
  static SparkDl4jMultiLayer train(
      JavaSparkContext spark, TrainingMaster<?, ?> master, int epochs) {
    JavaRDD<DataSet> data = spark.parallelize(data(256), 4);
    var network = new SparkDl4jMultiLayer(spark, configuration(), master);
    for (int epoch = 0; epoch < epochs; epoch++) {
      network.fit(data);
    }
    master.deleteTempFiles(spark);
    return network;
  }

  static MultiLayerConfiguration configuration() {
    return new NeuralNetConfiguration.Builder()
        .seed(12)
        .updater(new Adam(0.02))
        .list()
        .layer(new LSTM.Builder().nIn(SYMBOLS).nOut(16).activation(Activation.TANH).build())
        .layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(16)
                .nOut(SYMBOLS)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  /** One-hot symbols, and which of them was seen three steps before; the first steps are masked. */
  static List<DataSet> data(int count) {
    var random = new Random(5);
    var all = new ArrayList<DataSet>();
    for (int i = 0; i < count; i++) {
      INDArray features = Nd4j.zeros(1, SYMBOLS, STEPS);
      INDArray labels = Nd4j.zeros(1, SYMBOLS, STEPS);
      INDArray mask = Nd4j.zeros(1, STEPS);
      int[] symbols = random.ints(STEPS, 0, SYMBOLS).toArray();
      for (int t = 0; t < STEPS; t++) {
        features.putScalar(0, symbols[t], t, 1);
        if (t >= BACK) {
          labels.putScalar(0, symbols[t - BACK], t, 1);
          mask.putScalar(0, t, 1);
        }
      }
      all.add(new DataSet(features, labels, null, mask));
    }
    return all;
  }
}
