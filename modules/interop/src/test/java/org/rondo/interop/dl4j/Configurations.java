package org.rondo.interop.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.rondo.kernels.CounterRandom;

/** DL4J configurations, drawn at random from all that can be imported. */
final class Configurations {
  private final CounterRandom random;
  private final boolean dropout;
  private int drawn;

  private Configurations(long seed, boolean dropout) {
    this.random = CounterRandom.of(seed).derive("configuration");
    this.dropout = dropout;
  }

  /**
   * One or two recurrent layers of any kind over an embedding, and an output for steps or last.
   *
   * @param dropout whether some of the layers have dropout
   */
  static MultiLayerConfiguration draw(long seed, boolean dropout) {
    return new Configurations(seed, dropout).draw();
  }

  /** What every configuration of these tests begins with. */
  static ListBuilder list() {
    return new NeuralNetConfiguration.Builder().seed(7).updater(new Sgd(0.1)).list();
  }

  static EmbeddingSequenceLayer embedding(int vocabulary, int units) {
    return new EmbeddingSequenceLayer.Builder()
        .nIn(vocabulary)
        .nOut(units)
        .inferInputLength(true)
        .build();
  }

  static LSTM lstm(int inputs, int units) {
    return new LSTM.Builder()
        .dataFormat(RNNFormat.NCW)
        .activation(Activation.TANH)
        .nIn(inputs)
        .nOut(units)
        .build();
  }

  static RnnOutputLayer softmaxPerStep(int inputs, int classes) {
    return new RnnOutputLayer.Builder(new LossMCXENT())
        .dataFormat(RNNFormat.NCW)
        .activation(Activation.SOFTMAX)
        .nIn(inputs)
        .nOut(classes)
        .build();
  }

  static OutputLayer softmax(int inputs, int classes) {
    return new OutputLayer.Builder(new LossNegativeLogLikelihood())
        .activation(Activation.SOFTMAX)
        .nIn(inputs)
        .nOut(classes)
        .build();
  }

  /** The whole numbers from {@code least} to {@code most}, each as likely. */
  private int number(int least, int most) {
    return least + (int) (random.uniform(drawn++) * (most - least + 1));
  }

  private boolean coin() {
    return number(0, 1) == 1;
  }

  private MultiLayerConfiguration draw() {
    boolean pooled = coin();
    int vocabulary = number(2, 30);
    int width = number(1, 9);
    var layers = new ArrayList<Layer>(List.of(embedding(vocabulary, width)));
    int recurrences = number(1, 2);
    for (int i = 0; i < recurrences; i++) {
      int units = number(1, 17);
      boolean bidirectional = coin();
      Layer layer = recurrence(width, units);
      if (bidirectional) {
        layer = new Bidirectional(Bidirectional.Mode.CONCAT, layer);
      }
      layers.add(pooled && i == recurrences - 1 ? new LastTimeStep(layer) : layer);
      width = bidirectional ? 2 * units : units;
    }
    int classes = coin() ? vocabulary : number(2, 9);
    layers.add(pooled ? softmax(width, classes) : softmaxPerStep(width, classes));
    ListBuilder list = list();
    layers.forEach(list::layer);
    return list.build();
  }

  @SuppressWarnings("deprecation") // GravesLSTM
  private BaseRecurrentLayer recurrence(int inputs, int units) {
    BaseRecurrentLayer.Builder<?> builder =
        switch (number(0, 3)) {
          case 0 -> new SimpleRnn.Builder().activation(Activation.TANH);
          case 1 -> new SimpleRnn.Builder().activation(Activation.RELU);
          case 2 -> new GravesLSTM.Builder().activation(Activation.TANH);
          default -> new LSTM.Builder().activation(Activation.TANH);
        };
    if (coin() && dropout) {
      builder.dropOut(0.8);
    }
    return builder.dataFormat(RNNFormat.NCW).nIn(inputs).nOut(units).build();
  }
}
