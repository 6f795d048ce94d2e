package org.rondo.models.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Layer;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Two recurrences over the same input, one first to last and one last to first, with their outputs
 * side by side: {@code (T,B,2H)}, forward half first.
 *
 * <p>The backward direction begins at each sequence's own end: its input is reversed within the
 * sequence, runs through an ordinary recurrence, and its output is reversed back. It begins every
 * minibatch with a state of zeros; only the forward direction carries its state. The output of
 * padding is zero.
 *
 * <p>Parameters: those of a {@link RecurrentLayer} below {@code forward} and below {@code
 * backward}.
 *
 * @see <a href="https://doi.org/10.1109/78.650093">Schuster and Paliwal 1997</a>
 */
final class BidirectionalLayer implements Layer {
  static final String FORWARD = "forward";
  private static final String BACKWARD = "backward";

  private final Workspace workspace;
  private final Signal input;
  private final Signal reversed;
  private final Signal output;
  private final RecurrentLayer forward;
  private final RecurrentLayer backward;
  private final int units;

  /**
   * @param weightDrop of each direction, by masks of its own
   */
  BidirectionalLayer(Workspace workspace, Signal input, CellSpec cell, double weightDrop) {
    this.workspace = workspace;
    this.input = input;
    Signal turned = workspace.signal(input.width());
    this.reversed = input.learns() ? turned : turned.ofData();
    this.forward = new RecurrentLayer(workspace.within(FORWARD), input, cell, weightDrop);
    this.backward = new RecurrentLayer(workspace.within(BACKWARD), reversed, cell, weightDrop);
    this.units = cell.outputWidth();
    this.output = workspace.signal(2 * units);
  }

  static List<ParameterSpec> parameters(CellSpec cell, int inputs) {
    var all = new ArrayList<ParameterSpec>();
    for (String direction : List.of(FORWARD, BACKWARD)) {
      for (ParameterSpec parameter : RecurrentLayer.parameters(cell, inputs)) {
        all.add(parameter.within(direction));
      }
    }
    return all;
  }

  @Override
  public Signal output() {
    return output;
  }

  /** That of the forward direction, which alone reaches back. */
  @Override
  public Optional<Signal> hidden() {
    return forward.hidden();
  }

  @Override
  public void forward() {
    reverseInput();
    forward.forward();
    backward.forward();
    join();
  }

  @Override
  public void forwardTraining(CounterRandom random) {
    reverseInput();
    forward.forwardTraining(random);
    backward.forwardTraining(random);
    join();
  }

  private void reverseInput() {
    int width = input.width();
    for (int row = 0; row < workspace.rows(); row++) {
      reversed.operand().copy(mirrored(row) * width, input.operand(), row * width, width);
    }
  }

  private void join() {
    NativeBuffer values = output.values();
    for (int row = 0; row < workspace.rows(); row++) {
      int at = 2 * row * units;
      if (workspace.isPadding(row)) {
        values.clear(at, 2 * units);
      } else {
        values.copy(at, forward.output().values(), row * units, units);
        values.copy(at + units, backward.output().values(), mirrored(row) * units, units);
      }
    }
    workspace.round(values, output.operand());
  }

  @Override
  public void backward() {
    split();
    forward.backward();
    backward.backward();
    if (input.learns()) {
      addReversedGradient();
    }
  }

  private void split() {
    NativeBuffer ofForward = forward.output().gradient();
    NativeBuffer ofBackward = backward.output().gradient();
    for (int row = 0; row < workspace.rows(); row++) {
      int from = 2 * row * units;
      if (workspace.isPadding(row)) {
        ofForward.clear(row * units, units);
        ofBackward.clear(row * units, units);
      } else {
        ofForward.copy(row * units, output.gradient(), from, units);
        ofBackward.copy(mirrored(row) * units, output.gradient(), from + units, units);
      }
    }
  }

  private void addReversedGradient() {
    int width = input.width();
    for (int row = 0; row < workspace.rows(); row++) {
      int from = mirrored(row) * width;
      for (int i = row * width; i < (row + 1) * width; i++, from++) {
        input.gradient().set(i, input.gradient().get(i) + reversed.gradient().get(from));
      }
    }
  }

  /** The row of the same sequence as far from its end as this one from its start. */
  private int mirrored(int row) {
    if (workspace.isPadding(row)) {
      return row;
    }
    int batch = workspace.batch();
    int last = workspace.lengths()[row % batch] - 1;
    return (last - row / batch) * batch + row % batch;
  }

  @Override
  public List<Integer> stateWidths() {
    return forward.stateWidths();
  }

  @Override
  public void loadState(float[] state, int at) {
    forward.loadState(state, at);
  }

  @Override
  public void storeState(float[] state, int at) {
    forward.storeState(state, at);
  }
}
