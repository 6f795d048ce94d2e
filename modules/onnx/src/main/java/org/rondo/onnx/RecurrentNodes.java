package org.rondo.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.models.cells.CellSpec;

/**
 * Cells as ONNX's operators LSTM, GRU and RNN, one direction each. These take weights as {@code
 * (1,G*H,I)} and {@code (1,G*H,H)}, both biases as {@code (1,2*G*H)}, and give {@code (T,1,B,H)};
 * gates stand in the order i, o, f, c and z, r, h.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__LSTM.html">the operator LSTM</a>
 */
final class RecurrentNodes {
  private final Graph graph;
  private final String lengths;
  private int states;

  /**
   * @param lengths name of the sequences' lengths, {@code (B)}
   */
  RecurrentNodes(Graph graph, String lengths) {
    this.graph = graph;
    this.lengths = lengths;
  }

  /** What a direction gives: {@code (T,B,H)}, and {@code (B,H)} after the last step. */
  record Outputs(String steps, String last) {}

  /** From the first step to the last, with the state before and after as input and output. */
  String carried(Weights weights, CellSpec cell, String input) {
    List<Integer> widths = cell.cell().stateWidths(cell);
    var before = new ArrayList<String>();
    int first = states;
    for (int width : widths) {
      before.add(graph.input("state." + states++, TensorProto.DataType.FLOAT, 1, "batch", width));
    }
    List<String> outputs = operator(weights, cell, input, lengths, before, "forward");
    for (int i = 0; i < widths.size(); i++) {
      graph.output("next_state." + (first + i), outputs.get(1 + i), 1, "batch", widths.get(i));
    }
    return steps(outputs.get(0));
  }

  /** From a state of zeros, in one direction, over sequences of those lengths. */
  Outputs fresh(Weights weights, CellSpec cell, String input, String lengths, boolean reverse) {
    List<String> outputs =
        operator(weights, cell, input, lengths, List.of(), reverse ? "reverse" : "forward");
    String last = graph.add("Squeeze", List.of(outputs.get(1), graph.whole(0)));
    return new Outputs(steps(outputs.get(0)), last);
  }

  /** Both directions side by side; the forward one carries its state. */
  String both(Weights weights, CellSpec cell, String input) {
    String forward = carried(weights.within("forward"), cell, input);
    String backward = fresh(weights.within("backward"), cell, input, lengths, true).steps();
    return graph.add("Concat", List.of(forward, backward), Graph.attribute("axis", 2));
  }

  private String steps(String output) {
    return graph.add("Squeeze", List.of(output, graph.whole(1)));
  }

  private List<String> operator(
      Weights weights,
      CellSpec cell,
      String input,
      String lengths,
      List<String> before,
      String direction) {
    AttributeProto way = Graph.attribute("direction", direction);
    return switch (cell.name()) {
      case "lstm" -> lstm(weights, cell, input, lengths, before, way);
      case "gru" -> gru(weights, cell, input, lengths, before, way);
      case "vanilla" -> vanilla(weights, cell, input, lengths, before, way);
      default -> throw unsupported("the cell " + cell.name());
    };
  }

  private List<String> lstm(
      Weights weights,
      CellSpec cell,
      String input,
      String lengths,
      List<String> before,
      AttributeProto way) {
    if (cell.options().flag("layer_norm") || cell.options().whole("projection", 0) > 0) {
      throw unsupported("an lstm with layer_norm or projection");
    }
    int units = cell.units();
    int[] order = {0, 3, 1, 2};
    var inputs = new ArrayList<String>();
    inputs.add(input);
    inputs.addAll(products(weights, units, "recurrent_weight", order));
    inputs.add(
        graph.floats(
            "bias", weights.parts("bias", units, 0, 3, 1, 2, -1, -1, -1, -1), 1, 2L * 4 * units));
    inputs.add(lengths);
    inputs.add(before.isEmpty() ? "" : before.get(0));
    inputs.add(before.isEmpty() ? "" : before.get(1));
    if (weights.has("peephole")) {
      inputs.add(
          graph.floats("peephole", weights.parts("peephole", units, 0, 2, 1), 1, 3L * units));
    }
    return graph.add("LSTM", inputs, 3, Graph.attribute("hidden_size", units), way);
  }

  private List<String> gru(
      Weights weights,
      CellSpec cell,
      String input,
      String lengths,
      List<String> before,
      AttributeProto way) {
    int units = cell.units();
    boolean after = !weights.has("candidate_weight");
    int[] order = {1, 0, 2};
    var inputs = new ArrayList<String>();
    inputs.add(input);
    if (after) {
      inputs.addAll(products(weights, units, "recurrent_weight", order));
    } else {
      inputs.add(inputWeight(weights, units, order));
      float[] gates = weights.gatesTransposed("recurrent_weight", 1, 0);
      float[] candidate = weights.gatesTransposed("candidate_weight", 0);
      var all = new float[gates.length + candidate.length];
      System.arraycopy(gates, 0, all, 0, gates.length);
      System.arraycopy(candidate, 0, all, gates.length, candidate.length);
      inputs.add(graph.floats("recurrent_weight", all, 1, 3L * units, units));
    }
    int ofCandidate = after ? 3 : -1;
    inputs.add(
        graph.floats(
            "bias", weights.parts("bias", units, 1, 0, 2, -1, -1, ofCandidate), 1, 2L * 3 * units));
    inputs.add(lengths);
    before.forEach(inputs::add);
    return graph.add(
        "GRU",
        inputs,
        2,
        Graph.attribute("hidden_size", units),
        Graph.attribute("linear_before_reset", after ? 1 : 0),
        way);
  }

  private List<String> vanilla(
      Weights weights,
      CellSpec cell,
      String input,
      String lengths,
      List<String> before,
      AttributeProto way) {
    int units = cell.units();
    var inputs = new ArrayList<String>();
    inputs.add(input);
    inputs.addAll(products(weights, units, "recurrent_weight", 0));
    inputs.add(graph.floats("bias", weights.parts("bias", units, 0, -1), 1, 2L * units));
    inputs.add(lengths);
    before.forEach(inputs::add);
    String activation =
        cell.options().choice("activation", "tanh", "relu").equals("relu") ? "Relu" : "Tanh";
    return graph.add(
        "RNN",
        inputs,
        2,
        Graph.attribute("hidden_size", units),
        Graph.texts("activations", List.of(activation)),
        way);
  }

  private List<String> products(Weights weights, int units, String recurrent, int... order) {
    String ofState =
        graph.floats(
            "recurrent_weight",
            weights.gatesTransposed(recurrent, order),
            1,
            (long) order.length * units,
            units);
    return List.of(inputWeight(weights, units, order), ofState);
  }

  private String inputWeight(Weights weights, int units, int... order) {
    return graph.floats(
        "input_weight",
        weights.gatesTransposed("input_weight", order),
        1,
        (long) order.length * units,
        weights.size("input_weight", 0));
  }

  static IllegalArgumentException unsupported(String what) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "onnx: ONNX has no operator for %s, so this network cannot be exported",
            what));
  }
}
