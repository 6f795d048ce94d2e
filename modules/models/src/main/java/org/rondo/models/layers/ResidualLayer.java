package org.rondo.models.layers;

import java.util.List;
import java.util.Optional;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Layer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * What a layer adds to its input: {@code y = x + inner(x)}. Gradients reach the layers below
 * unweakened, however deep the stack.
 *
 * @see <a href="https://doi.org/10.1109/CVPR.2016.90">He et al. 2016</a>
 */
final class ResidualLayer implements Layer {
  private final Workspace workspace;
  private final Elementwise elementwise;
  private final Signal input;
  private final Layer inner;
  private final Signal output;

  /**
   * @param inner over {@code input}, and as wide
   */
  ResidualLayer(Workspace workspace, Signal input, Layer inner) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.input = input;
    this.inner = inner;
    this.output = workspace.signal(input.width());
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public Optional<Signal> hidden() {
    return inner.hidden();
  }

  @Override
  public void forward() {
    inner.forward();
    addInput();
  }

  @Override
  public void forwardTraining(CounterRandom random) {
    inner.forwardTraining(random);
    addInput();
  }

  private void addInput() {
    NativeBuffer values = output.values();
    values.copy(0, input.values(), 0, values.length());
    elementwise.addScaled(inner.output().values(), 1f, values, 0, values.length());
    workspace.round(values, output.operand());
  }

  /** Hands the inner layer a copy, since that may add to it. */
  @Override
  public void backward() {
    NativeBuffer gradient = output.gradient();
    inner.output().gradient().copy(0, gradient, 0, gradient.length());
    inner.backward();
    elementwise.addScaled(gradient, 1f, input.gradient(), 0, gradient.length());
  }

  @Override
  public double penalty() {
    return inner.penalty();
  }

  @Override
  public List<Integer> stateWidths() {
    return inner.stateWidths();
  }

  @Override
  public void loadState(float[] state, int at) {
    inner.loadState(state, at);
  }

  @Override
  public void storeState(float[] state, int at) {
    inner.storeState(state, at);
  }
}
