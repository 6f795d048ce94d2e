package org.rondo.peers;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * The language model of a benchmark as DL4J has it: embedding, two LSTM layers, softmax cross
 * entropy, clipping, SGD, float32. Differences, all of them less work for DL4J: hidden state is not
 * carried, and gradients are clipped per layer, since DL4J has no clipping by global norm.
 *
 * @param batch sequences of a minibatch
 * @param unroll steps of a minibatch
 */
record Model(int vocabulary, int units, int batch, int unroll) {
  private static final int LAYERS = 2;

  private static final Map<String, Model> ALL =
      Map.of(
          "S", new Model(10_000, 200, 20, 20),
          "M", new Model(10_000, 650, 20, 35),
          "C", new Model(65, 512, 50, 50),
          "C128", new Model(65, 128, 50, 50));

  static Model named(String name) {
    return ALL.get(name);
  }

  /** Tokens in a minibatch. */
  int tokens() {
    return batch * unroll;
  }

  MultiLayerNetwork network() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(DataType.FLOAT)
            .updater(new Sgd(0.1))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(5)
            .list()
            .layer(
                new EmbeddingSequenceLayer.Builder()
                    .nIn(vocabulary)
                    .nOut(units)
                    .inputLength(unroll)
                    .build());
    for (int i = 0; i < LAYERS; i++) {
      layers.layer(
          new LSTM.Builder()
              .dataFormat(RNNFormat.NCW)
              .nIn(units)
              .nOut(units)
              .activation(Activation.TANH)
              .build());
    }
    layers.layer(
        new RnnOutputLayer.Builder(new LossSparseMCXENT())
            .dataFormat(RNNFormat.NCW)
            .nIn(units)
            .nOut(vocabulary)
            .activation(Activation.SOFTMAX)
            .build());
    var network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  /** Ids and targets, both {@code (B,1,T)}; one-hot targets are no faster and take more memory. */
  DataSet minibatch(Random random) {
    INDArray ids = Nd4j.create(DataType.FLOAT, batch, 1, unroll);
    INDArray targets = Nd4j.create(DataType.FLOAT, batch, 1, unroll);
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < unroll; t++) {
        ids.putScalar(b, 0, t, random.nextInt(vocabulary));
        targets.putScalar(b, 0, t, random.nextInt(vocabulary));
      }
    }
    return new DataSet(ids, targets);
  }
}
