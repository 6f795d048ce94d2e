package org.rondo.interop.dl4j;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.LayerSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.testkit.Seeds;

/** One minibatch of random sequences in both forms, and what both networks make of it. */
final class Sequences {
  static final int STEPS = 6;
  static final int BATCH = 5;

  private final NetworkSpec spec;
  private final int[] ids;
  private final int[] targets;

  Sequences(NetworkSpec spec) {
    this.spec = spec;
    int vocabulary = ((LayerSpec.Embedding) spec.layers().get(0)).vocabulary();
    ids = Seeds.numbers("ids", STEPS * BATCH, vocabulary);
    targets = Seeds.numbers("targets", STEPS * BATCH, spec.head().outputs());
  }

  boolean pooled() {
    return spec.head().type().equals("classifier");
  }

  /** Targets that count. */
  int targetCount() {
    return pooled() ? BATCH : STEPS * BATCH;
  }

  Minibatch minibatch() {
    var minibatch = new Minibatch(STEPS, BATCH);
    System.arraycopy(ids, 0, minibatch.inputs(), 0, ids.length);
    int counted = targetCount();
    System.arraycopy(targets, 0, minibatch.targets(), ids.length - counted, counted);
    return minibatch;
  }

  /** {@code (B,1,T)} */
  INDArray features() {
    INDArray features = Nd4j.create(DataType.FLOAT, BATCH, 1, STEPS);
    for (int i = 0; i < ids.length; i++) {
      features.putScalar(i % BATCH, 0, i / BATCH, ids[i]);
    }
    return features;
  }

  /** One-hot: {@code (B,C,T)}, or {@code (B,C)} of a class for each sequence. */
  INDArray labels() {
    int classes = spec.head().outputs();
    INDArray labels =
        pooled()
            ? Nd4j.create(DataType.FLOAT, BATCH, classes)
            : Nd4j.create(DataType.FLOAT, BATCH, classes, STEPS);
    for (int i = 0; i < targetCount(); i++) {
      int b = i % BATCH;
      if (pooled()) {
        labels.putScalar(b, targets[i], 1);
      } else {
        labels.putScalar(b, targets[i], i / BATCH, 1);
      }
    }
    return labels;
  }

  /** What DL4J puts out: {@code (T,B,C)}, or {@code (B,C)}. */
  float[] outputs(MultiLayerNetwork network) {
    INDArray outputs = network.output(features());
    INDArray rows = pooled() ? outputs : outputs.permute(2, 0, 1);
    return rows.dup('c').data().asFloat();
  }

  /** What Rondo puts out: {@code (T,B,C)}, or {@code (B,C)}. */
  float[] outputs(float[] parameters) {
    int classes = spec.head().outputs();
    try (var network =
        Network.forEvaluation(spec, Kernels.best(), ElementType.FLOAT32, STEPS, BATCH)) {
      network.parameters().set(parameters);
      network.parametersChanged();
      var logits = new float[network.predictions() * classes];
      network.logits(minibatch(), network.newState(), logits);
      for (int row = 0; row < logits.length; row += classes) {
        softmax(logits, row, classes);
      }
      return logits;
    }
  }

  private static void softmax(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += Math.exp(values[i]);
    }
    for (int i = from; i < from + count; i++) {
      values[i] = (float) (Math.exp(values[i]) / sum);
    }
  }
}
