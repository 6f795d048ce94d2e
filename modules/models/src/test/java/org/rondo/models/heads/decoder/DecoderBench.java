package org.rondo.models.heads.decoder;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.HeadSpec;
import org.rondo.models.Hypothesis;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.Options;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;
import org.rondo.testkit.Seeds;

/** A decoder over random outputs of an encoder, D of each step. */
final class DecoderBench implements AutoCloseable {
  private final NativeMemory memory = new NativeMemory();
  final HeadSpec spec;
  final Workspace workspace;
  final Signal input;
  final Objective objective;
  final Minibatch minibatch;

  DecoderBench(HeadSpec spec, int inputs, int steps, int batch) {
    this(spec, inputs, steps, batch, Kernels.best());
  }

  DecoderBench(HeadSpec spec, int inputs, int steps, int batch, Kernels kernels) {
    this.spec = spec;
    ParameterLayout layout = ParameterLayout.of(spec.head().parameters(inputs, spec));
    workspace = new Workspace(steps, batch, kernels, ElementType.FLOAT32, layout, memory);
    Seeds.fill(workspace.parameters().values(), "decoder", 0.7f);
    workspace.parametersChanged();
    input = workspace.signal(inputs);
    Seeds.fill(input.values(), "outputs", 1f);
    objective = spec.head().bind(workspace, input, spec);
    minibatch = new Minibatch(steps, batch, 0, inputs, 0, spec.head().labels(spec, steps));
    Arrays.fill(minibatch.labelLengths(), 0);
    Arrays.fill(workspace.lengths(), steps);
  }

  static HeadSpec spec(int classes, Map<String, String> options) {
    return new HeadSpec("decoder", classes, new Options(options));
  }

  /** Gives sequence b a length and labels. */
  DecoderBench set(int b, int length, int... labels) {
    minibatch.lengths()[b] = length;
    workspace.lengths()[b] = length;
    minibatch.labelLengths()[b] = labels.length;
    for (int u = 0; u < minibatch.labels(); u++) {
      int label = u < labels.length ? labels[u] : Minibatch.NO_TARGET;
      minibatch.targets()[u * minibatch.batch() + b] = label;
    }
    return this;
  }

  ReferenceDecoder reference() {
    int batch = minibatch.batch();
    var outputs = new double[batch][][];
    for (int b = 0; b < batch; b++) {
      outputs[b] = new double[workspace.lengths()[b]][input.width()];
      for (int t = 0; t < outputs[b].length; t++) {
        for (int j = 0; j < input.width(); j++) {
          outputs[b][t][j] = input.values().get((t * batch + b) * input.width() + j);
        }
      }
    }
    return new ReferenceDecoder(spec, workspace.parameters(), outputs);
  }

  /** Of each sequence. */
  double[] losses() {
    var sums = new double[minibatch.batch()];
    objective.loss(minibatch, sums);
    return sums;
  }

  /** What a search finds for sequence b. */
  List<Hypothesis> search(int b) {
    objective.decode(spec.outputs(), new int[objective.predictions()]);
    return objective.hypotheses(b);
  }

  @Override
  public void close() {
    memory.close();
  }
}
