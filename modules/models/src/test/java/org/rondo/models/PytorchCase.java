package org.rondo.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;
import org.rondo.testkit.Seeds;

/**
 * Two layers of one cell on random weights, inputs and states, and what they compute, written down
 * for scripts/check-pytorch.py.
 *
 * @param layer both layers' description
 * @param lengths steps of each sequence
 * @param module of PyTorch, by the names of check-pytorch.py
 */
record PytorchCase(
    String name, HiddenLayerSpec layer, List<Integer> lengths, Map<String, Object> module) {
  private static final int STEPS = 9;
  private static final int INPUTS = 13;
  private static final int UNITS = 21;
  private static final int LAYERS = 2;
  private static final List<Integer> FULL = List.of(9, 9, 9, 9, 9);
  private static final List<Integer> PADDED = List.of(4, 9, 1, 7, 9);

  /** Every cell that PyTorch has too, in full minibatches and with sequences of other lengths. */
  static List<PytorchCase> all() {
    var all = new ArrayList<PytorchCase>();
    CellSpec lstm = CellSpec.of("lstm", UNITS);
    CellSpec gru = CellSpec.of("gru", UNITS);
    CellSpec relu = new CellSpec("vanilla", UNITS, new Options(Map.of("activation", "relu")));
    add(all, "vanilla-tanh", recurrent(CellSpec.of("vanilla", UNITS)), Map.of("module", "RNN"));
    add(all, "vanilla-relu", recurrent(relu), Map.of("module", "RNN", "nonlinearity", "relu"));
    add(all, "lstm", recurrent(lstm), Map.of("module", "LSTM"));
    CellSpec projected = new CellSpec("lstm", UNITS, new Options(Map.of("projection", "8")));
    add(all, "lstm-projected", recurrent(projected), Map.of("module", "LSTM", "proj_size", 8));
    add(all, "lstm-both-ways", bidirectional(lstm), bothWays("LSTM"));
    add(all, "gru", recurrent(gru), Map.of("module", "GRU"));
    add(all, "gru-both-ways", bidirectional(gru), bothWays("GRU"));
    return all;
  }

  private static HiddenLayerSpec recurrent(CellSpec cell) {
    return new Recurrent(cell);
  }

  private static HiddenLayerSpec bidirectional(CellSpec cell) {
    return new Bidirectional(cell);
  }

  private static Map<String, Object> bothWays(String module) {
    return Map.of("module", module, "bidirectional", true);
  }

  private static void add(
      List<PytorchCase> all, String name, HiddenLayerSpec layer, Map<String, Object> module) {
    all.add(new PytorchCase(name, layer, FULL, module));
    all.add(new PytorchCase(name + "-padded", layer, PADDED, module));
  }

  /** Runs the layers and writes everything they read and wrote. */
  void write(Path folder) throws IOException {
    var tensors = new PytorchTensors(folder);
    try (var memory = new NativeMemory()) {
      run(memory, tensors);
    }
    var about = new LinkedHashMap<String, Object>(module);
    about.putAll(Map.of("layers", LAYERS, "units", UNITS, "lengths", lengths));
    tensors.describe(about);
  }

  private void run(NativeMemory memory, PytorchTensors tensors) throws IOException {
    ParameterLayout layout = layout();
    var workspace =
        new Workspace(STEPS, lengths.size(), Kernels.best(), ElementType.FLOAT32, layout, memory);
    Arrays.setAll(workspace.lengths(), lengths::get);
    Seeds.fill(workspace.parameters().values(), "parameters", 0.3f);
    Signal input = workspace.signal(INPUTS);
    Seeds.fill(input.values(), "x", 1f);
    Layer lower = layer.bind(workspace.within("0"), input);
    Layer upper = layer.bind(workspace.within("1"), lower.output());

    load(0, lower, tensors);
    load(1, upper, tensors);
    lower.forward();
    upper.forward();
    store(0, lower, tensors);
    store(1, upper, tensors);
    fillOutputGradient(upper.output());
    tensors.write("x", input.values(), shape(INPUTS));
    tensors.write("output", upper.output().values(), shape(upper.output().width()));
    tensors.write("output_gradient", upper.output().gradient(), shape(upper.output().width()));
    upper.backward();
    lower.backward();
    tensors.write("x.gradient", input.gradient(), shape(INPUTS));
    for (ParameterLayout.Slice slice : layout.slices()) {
      String parameter = slice.name();
      tensors.write(parameter, workspace.parameter(parameter), slice.shape());
      tensors.write(parameter + ".gradient", workspace.gradient(parameter), slice.shape());
    }
  }

  private ParameterLayout layout() {
    var parameters = new ArrayList<ParameterSpec>();
    for (int n = 0; n < LAYERS; n++) {
      int inputs = n == 0 ? INPUTS : layer.width(INPUTS);
      for (ParameterSpec parameter : layer.parameters(inputs)) {
        parameters.add(parameter.within(Integer.toString(n)));
      }
    }
    return ParameterLayout.of(parameters);
  }

  /** Widths of the slots that a layer carries; of both ways only the forward one carries. */
  private List<Integer> widths() {
    CellSpec cell = layer instanceof Bidirectional both ? both.cell() : ((Recurrent) layer).cell();
    return cell.cell().stateWidths(cell);
  }

  private int stateLength() {
    return lengths.size() * widths().stream().mapToInt(w -> w).sum();
  }

  private List<Integer> shape(int width) {
    return List.of(STEPS, lengths.size(), width);
  }

  private void load(int n, Layer layer, PytorchTensors tensors) throws IOException {
    float[] state = Seeds.uniform("state" + n, stateLength(), 0.5f);
    layer.loadState(state, 0);
    writeState(n + ".before.", state, tensors);
  }

  private void store(int n, Layer layer, PytorchTensors tensors) throws IOException {
    var state = new float[stateLength()];
    layer.storeState(state, 0);
    writeState(n + ".after.", state, tensors);
  }

  private void writeState(String name, float[] state, PytorchTensors tensors) throws IOException {
    int at = 0;
    for (int slot = 0; slot < widths().size(); slot++) {
      int width = widths().get(slot);
      int end = at + lengths.size() * width;
      tensors.write(
          name + slot, Arrays.copyOfRange(state, at, end), List.of(lengths.size(), width));
      at = end;
    }
  }

  /** Nothing flows into padding. */
  private void fillOutputGradient(Signal output) {
    Seeds.fill(output.gradient(), "output_gradient", 1f);
    for (int row = 0; row < STEPS * lengths.size(); row++) {
      if (row / lengths.size() >= lengths.get(row % lengths.size())) {
        output.gradient().clear(row * output.width(), output.width());
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
