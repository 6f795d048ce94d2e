package org.rondo.interop.dl4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.Embedding;
import org.rondo.testkit.Seeds;

/** One minibatch of random sequences in both forms, and what both networks make of it. */
final class Sequences {
  static final int STEPS = 6;
  static final int BATCH = 5;

  private final NetworkSpec spec;
  private final Minibatch minibatch;

  Sequences(NetworkSpec spec) {
    this.spec = spec;
    minibatch = Minibatch.forNetwork(spec, STEPS, BATCH);
    int rows = STEPS * BATCH;
    if (spec.layers().get(0) instanceof Embedding embedding) {
      copy(Seeds.numbers("ids", rows, embedding.vocabulary()), minibatch.inputs());
    }
    fill("values", minibatch.values());
    fill("targets", minibatch.valueTargets());
    int classes = predictsValues() ? 1 : spec.head().outputs();
    copy(Seeds.numbers("targets", targetCount(), classes), minibatch.targets());
  }

  private static void copy(int[] from, int[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static void fill(String name, float[] values) {
    System.arraycopy(Seeds.uniform(name, values.length, 1), 0, values, 0, values.length);
  }

  private boolean predictsValues() {
    return spec.head().head().predictsValues();
  }

  private boolean pooled() {
    return minibatch.labels() > 0;
  }

  /** Targets that count. */
  int targetCount() {
    return minibatch.targets().length;
  }

  Minibatch minibatch() {
    return minibatch;
  }

  /** {@code (B,1,T)} ids, or {@code (B,F,T)} values. */
  INDArray features() {
    float[] values = minibatch.values();
    if (values.length == 0) {
      values = new float[STEPS * BATCH];
      for (int i = 0; i < values.length; i++) {
        values[i] = minibatch.inputs()[i];
      }
    }
    return byFeature(values);
  }

  /** Values, or one-hot classes: {@code (B,C,T)}, or {@code (B,C)} of each sequence. */
  INDArray labels() {
    int outputs = spec.head().outputs();
    float[] values = minibatch.valueTargets();
    if (values.length == 0) {
      values = new float[targetCount() * outputs];
      for (int row = 0; row < targetCount(); row++) {
        values[row * outputs + minibatch.targets()[row]] = 1;
      }
    }
    if (!pooled()) {
      return byFeature(values);
    }
    return Nd4j.create(values, new long[] {BATCH, outputs});
  }

  /** From {@code (T,B,F)} to DL4J's {@code (B,F,T)}. */
  private static INDArray byFeature(float[] values) {
    long width = values.length / (STEPS * BATCH);
    return Nd4j.create(values, new long[] {STEPS, BATCH, width}).permute(1, 2, 0).dup();
  }

  DataSet dataSet() {
    return new DataSet(features(), labels());
  }

  /** To be trained on them. */
  Network network(float[] parameters) {
    var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, STEPS, BATCH);
    network.parameters().set(parameters);
    network.parametersChanged();
    return network;
  }

  /** Makes the sequences that long, their first steps. */
  void shorten(int... lengths) {
    copy(lengths, minibatch.lengths());
    Arrays.fill(minibatch.targets(), Minibatch.NO_TARGET);
  }

  /** {@code (B,T)}: 1 for steps, 0 for padding. */
  private INDArray mask() {
    INDArray mask = Nd4j.zeros(BATCH, STEPS);
    for (int row = 0; row < STEPS * BATCH; row++) {
      if (!isPadding(row)) {
        mask.putScalar(row % BATCH, row / BATCH, 1);
      }
    }
    return mask;
  }

  private boolean isPadding(int row) {
    return row / BATCH >= minibatch.lengths()[row % BATCH];
  }

  /** Outputs with zeros for padding, of which networks may say anything. */
  float[] withoutPadding(float[] outputs) {
    int width = spec.head().outputs();
    for (int row = 0; row < outputs.length / width && !pooled(); row++) {
      if (isPadding(row)) {
        Arrays.fill(outputs, row * width, (row + 1) * width, 0f);
      }
    }
    return outputs;
  }

  /** What DL4J puts out for each sequence without the others: {@code (T,B,C)}, or {@code (B,C)}. */
  float[] outputsAlone(MultiLayerNetwork network) {
    int width = spec.head().outputs();
    var all = new float[(pooled() ? 1 : STEPS) * BATCH * width];
    for (int b = 0; b < BATCH; b++) {
      int length = minibatch.lengths()[b];
      INDArray features =
          features().get(interval(b, b + 1), NDArrayIndex.all(), interval(0, length)).dup();
      INDArray outputs = network.output(features);
      for (int i = 0; i < outputs.length(); i++) {
        // (1,C) or (1,C,T)
        int steps = pooled() ? 1 : length;
        all[(i % steps * BATCH + b) * width + i / steps] = outputs.dup('c').data().getFloat(i);
      }
    }
    return all;
  }

  /** What DL4J puts out: {@code (T,B,C)}, or {@code (B,C)}. */
  float[] outputs(MultiLayerNetwork network) {
    INDArray outputs = network.output(features(), false, mask(), null);
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
      network.logits(minibatch, network.newState(), logits);
      for (int row = 0; row < logits.length && !predictsValues(); row += classes) {
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
