package org.rondo.interop.dl4j;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.rondo.kernels.CounterRandom;

/** DL4J configurations, drawn at random from all that can be imported. */
final class Configurations {
  private final CounterRandom random;
  private final boolean dropout;
  private int drawn;

  private final ListBuilder list = list();
  private int count;

  /** Vocabulary of the input; 0 where it is values. */
  private int ids;

  /** Features of what the layers so far put out. */
  private int width;

  private boolean pooled;
  private boolean pooledBelow;
  private boolean rowsBelow;

  private Configurations(long seed, boolean dropout) {
    this.random = CounterRandom.of(seed).derive("configuration");
    this.dropout = dropout;
  }

  /**
   * Ids or values, one or two recurrences of any kind, dense layers, an output of classes or values
   * for every step or for the last.
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

  /** Ids below 9, an LSTM of 5 units, the next id. */
  static MultiLayerConfiguration languageModel() {
    return list().layer(embedding(9, 4)).layer(lstm(4, 5)).layer(softmaxPerStep(5, 9)).build();
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

  static DenseLayer dense(int inputs, int units, Activation activation) {
    return new DenseLayer.Builder().activation(activation).nIn(inputs).nOut(units).build();
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
    ids = coin() ? number(2, 30) : 0;
    width = number(1, 9);
    if (ids > 0) {
      add(embedding(ids, width), false);
    }
    pooled = coin();
    int recurrences = number(1, 2);
    for (int i = 0; i < recurrences; i++) {
      addRecurrence(pooled && i == recurrences - 1);
      if (coin()) {
        addDense();
      }
    }
    addOutput();
    return list.build();
  }

  /**
   * @param rows whether it takes rows of features, where DL4J folds steps into rows and back
   */
  private void add(Layer layer, boolean rows) {
    if (!pooledBelow && rows != rowsBelow) {
      list.inputPreProcessor(
          count,
          rows
              ? new RnnToFeedForwardPreProcessor(RNNFormat.NCW)
              : new FeedForwardToRnnPreProcessor(RNNFormat.NCW));
    }
    rowsBelow = rows;
    list.layer(count++, layer);
  }

  private void addRecurrence(boolean last) {
    int units = number(1, 17);
    boolean bidirectional = number(0, 2) == 0;
    Layer layer = recurrence(width, units);
    if (bidirectional) {
      layer = new Bidirectional(Bidirectional.Mode.CONCAT, layer);
    }
    add(last ? new LastTimeStep(layer) : layer, false);
    pooledBelow = last;
    width = bidirectional ? 2 * units : units;
  }

  private void addDense() {
    Activation[] all = {Activation.IDENTITY, Activation.TANH, Activation.RELU, Activation.SIGMOID};
    int units = number(1, 17);
    add(dense(width, units, all[number(0, 3)]), true);
    width = units;
  }

  private void addOutput() {
    boolean values = coin();
    int outputs = number(0, 3) > 0 && ids > 0 ? ids : number(2, 9);
    BaseOutputLayer.Builder<?> builder;
    if (pooled) {
      builder = new OutputLayer.Builder();
    } else {
      builder = new RnnOutputLayer.Builder().dataFormat(RNNFormat.NCW);
    }
    builder
        .lossFunction(values ? new LossMSE() : new LossMCXENT())
        .activation(values ? Activation.IDENTITY : Activation.SOFTMAX)
        .nIn(width)
        .nOut(outputs);
    add(builder.build(), false);
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
