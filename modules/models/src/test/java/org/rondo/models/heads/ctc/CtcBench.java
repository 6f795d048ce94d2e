package org.rondo.models.heads.ctc;

import java.util.Arrays;
import java.util.Map;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.Options;
import org.rondo.models.Samples;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;
import org.rondo.testkit.Seeds;

/** A ctc head whose weights are the identity: its logits are its input and the bias. */
final class CtcBench implements AutoCloseable {
  private final NativeMemory memory = new NativeMemory();
  private final int classes;
  final Workspace workspace;
  final Signal input;
  final Objective objective;
  final Minibatch minibatch;

  CtcBench(int classes, int steps, int batch) {
    this(classes, steps, batch, Kernels.best(), 0);
  }

  CtcBench(int classes, int steps, int batch, Kernels kernels, int beam) {
    this.classes = classes;
    Options options = new Options(Map.of("beam", Integer.toString(beam)));
    var spec = new HeadSpec("ctc", classes, options);
    ParameterLayout layout = ParameterLayout.of(spec.head().parameters(classes, spec));
    workspace = new Workspace(steps, batch, kernels, ElementType.FLOAT32, layout, memory);
    input = workspace.signal(classes);
    objective = spec.head().bind(workspace, input, spec);
    int labels = spec.head().labels(spec, steps);
    minibatch = new Minibatch(steps, batch, 0, classes, 0, labels);
    for (int i = 0; i < classes; i++) {
      workspace.parameter("weight").set(i * classes + i, 1f);
    }
    workspace.parametersChanged();
    Arrays.fill(workspace.lengths(), steps);
  }

  /** Random logits and bias. */
  CtcBench random(float scale) {
    Seeds.fill(workspace.parameter("bias"), "bias", scale);
    Seeds.fill(input.values(), "logits", scale);
    return this;
  }

  /** Gives sequence b a length and a label. */
  CtcBench set(int b, int length, int... label) {
    minibatch.lengths()[b] = length;
    workspace.lengths()[b] = length;
    minibatch.labelLengths()[b] = label.length;
    for (int u = 0; u < minibatch.labels(); u++) {
      int symbol = u < label.length ? label[u] : Minibatch.NO_TARGET;
      minibatch.targets()[u * minibatch.batch() + b] = symbol;
    }
    return this;
  }

  double lossAndGradient() {
    return objective.lossAndGradient(minibatch);
  }

  /** Of each sequence. */
  double[] losses() {
    var sums = new double[minibatch.batch()];
    objective.loss(minibatch, sums);
    return sums;
  }

  /** The predicted label of sequence b, {@link Minibatch#NO_TARGET} behind it left out. */
  int[] decode(int b) {
    var symbols = new int[minibatch.targets().length];
    objective.decode(classes, symbols);
    int batch = minibatch.batch();
    int count = 0;
    while (count < minibatch.steps() && symbols[count * batch + b] >= 0) {
      count++;
    }
    for (int u = count; u < minibatch.steps(); u++) {
      if (symbols[u * batch + b] != Minibatch.NO_TARGET) {
        throw new AssertionError("a symbol behind the end of label " + b);
      }
    }
    var label = new int[count];
    for (int u = 0; u < count; u++) {
      label[u] = symbols[u * batch + b];
    }
    return label;
  }

  /** {@code (length,K)} logits of sequence b. */
  double[][] logits(int b) {
    double[] all = Samples.doubles(input.values().toArray());
    var logits = new double[workspace.lengths()[b]][classes];
    for (int t = 0; t < logits.length; t++) {
      for (int k = 0; k < classes; k++) {
        double value = all[(t * minibatch.batch() + b) * classes + k];
        logits[t][k] = value + workspace.parameter("bias").get(k);
      }
    }
    return logits;
  }

  /** {@code (T,K)} gradient of the logits of sequence b. */
  double[][] gradient(int b) {
    double[] all = Samples.doubles(input.gradient().toArray());
    var gradient = new double[minibatch.steps()][];
    for (int t = 0; t < gradient.length; t++) {
      int at = (t * minibatch.batch() + b) * classes;
      gradient[t] = Arrays.copyOfRange(all, at, at + classes);
    }
    return gradient;
  }

  @Override
  public void close() {
    memory.close();
  }
}
