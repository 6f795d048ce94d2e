package org.rondo.models.heads.crf;

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

/** A crf head whose weights are the identity: its emissions are its input and the bias. */
final class CrfBench implements AutoCloseable {
  private final NativeMemory memory = new NativeMemory();
  private final int tags;
  final Workspace workspace;
  final Signal input;
  final Objective objective;
  final Minibatch minibatch;

  CrfBench(int tags, int steps, int batch) {
    this(tags, steps, batch, Kernels.best(), "");
  }

  CrfBench(int tags, int steps, int batch, Kernels kernels, String illegal) {
    this.tags = tags;
    var spec = new HeadSpec("crf", tags, new Options(Map.of("illegal", illegal)));
    ParameterLayout layout = ParameterLayout.of(spec.head().parameters(tags, spec));
    workspace = new Workspace(steps, batch, kernels, ElementType.FLOAT32, layout, memory);
    input = workspace.signal(tags);
    objective = spec.head().bind(workspace, input, spec);
    minibatch = new Minibatch(steps, batch);
    for (int i = 0; i < tags; i++) {
      workspace.parameter("weight").set(i * tags + i, 1f);
    }
  }

  /** Random parameters, emissions and targets, those of each step. */
  CrfBench random(float scale) {
    for (String name : new String[] {"bias", "transitions", "start", "end"}) {
      Seeds.fill(workspace.parameter(name), name, scale);
    }
    Seeds.fill(input.values(), "emissions", scale);
    setLengths(minibatch.lengths().clone());
    return this;
  }

  /** Gives the sequences these lengths, and a target to each of their steps. */
  CrfBench setLengths(int... lengths) {
    System.arraycopy(lengths, 0, minibatch.lengths(), 0, lengths.length);
    System.arraycopy(lengths, 0, workspace.lengths(), 0, lengths.length);
    int[] targets = Seeds.numbers("targets", minibatch.targets().length, tags);
    for (int row = 0; row < targets.length; row++) {
      minibatch.targets()[row] = workspace.isPadding(row) ? Minibatch.NO_TARGET : targets[row];
    }
    return this;
  }

  /** Takes away every so many targets. */
  CrfBench withoutEvery(int nth) {
    for (int row = 0; row < minibatch.targets().length; row += nth) {
      minibatch.targets()[row] = Minibatch.NO_TARGET;
    }
    return this;
  }

  double lossAndGradient() {
    workspace.parametersChanged();
    return objective.lossAndGradient(minibatch);
  }

  /** Of each sequence. */
  double[] losses() {
    workspace.parametersChanged();
    var sums = new double[minibatch.batch()];
    objective.loss(minibatch, sums);
    return sums;
  }

  int[] decode() {
    workspace.parametersChanged();
    var path = new int[minibatch.targets().length];
    objective.decode(tags, path);
    return path;
  }

  /** {@code (T,B,K)}, logarithms. */
  float[] marginals() {
    workspace.parametersChanged();
    var logits = new float[minibatch.targets().length * tags];
    objective.logits(logits);
    objective.marginals(logits);
    return logits;
  }

  /** {@code (T,B,K)} */
  double[] emissions() {
    double[] emissions = Samples.doubles(input.values().toArray());
    for (int i = 0; i < emissions.length; i++) {
      emissions[i] += workspace.parameter("bias").get(i % tags);
    }
    return emissions;
  }

  ReferenceCrf reference() {
    return new ReferenceCrf(values("transitions"), values("start"), values("end"));
  }

  private double[] values(String name) {
    return Samples.doubles(workspace.parameter(name).toArray());
  }

  float[] gradient(String name) {
    return workspace.gradient(name).toArray();
  }

  @Override
  public void close() {
    memory.close();
  }
}
