package org.rondo.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.rondo.models.cells.CellSpec;

/**
 * The parameters of recurrences as those of {@code torch.nn.LSTM}, {@code GRU} and {@code RNN},
 * which are called {@code weight_ih_l0}, {@code weight_hh_l0}, {@code bias_ih_l0}, {@code
 * bias_hh_l0} and, of a projected LSTM, {@code weight_hr_l0}; those of the backward direction end
 * in {@code _reverse}.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html">nn.LSTM</a>, and
 *     likewise nn.GRU and nn.RNN
 */
final class RecurrentPairs {
  private RecurrentPairs() {}

  /** Both directions of a layer. */
  static List<TensorPair> bothWays(
      CellSpec cell, int inputs, String scope, String module, int layer) {
    var all = new ArrayList<>(oneWay(cell, inputs, scope + "forward.", module + suffix(layer)));
    all.addAll(oneWay(cell, inputs, scope + "backward.", module + suffix(layer) + "_reverse"));
    return all;
  }

  /** The only direction of a layer. */
  static List<TensorPair> forward(
      CellSpec cell, int inputs, String scope, String module, int layer) {
    return oneWay(cell, inputs, scope, module + suffix(layer));
  }

  /** Behind which the tensor's own name comes first: {@code rnn.%s_l0}. */
  private static String suffix(int layer) {
    return "%s_l" + layer;
  }

  private static List<TensorPair> oneWay(CellSpec cell, int inputs, String scope, String name) {
    int gates = gates(cell);
    int gated = gates * cell.units();
    int outputs = cell.outputWidth();
    var all = new ArrayList<TensorPair>();
    all.add(new TransposedTensor(scope + "input_weight", inputs, gated, of(name, "weight_ih")));
    all.add(
        new TransposedTensor(scope + "recurrent_weight", outputs, gated, of(name, "weight_hh")));
    all.add(
        new GateBiases(
            scope + "bias",
            gated,
            cell.name().equals("gru") ? cell.units() : 0,
            of(name, "bias_ih"),
            of(name, "bias_hh")));
    if (outputs != cell.units()) {
      all.add(
          new TransposedTensor(
              scope + "projection_weight", cell.units(), outputs, of(name, "weight_hr")));
    }
    return all;
  }

  private static String of(String name, String tensor) {
    return name.replace("%s", tensor);
  }

  /** Gates of a cell that PyTorch has. */
  private static int gates(CellSpec cell) {
    return switch (cell.name()) {
      case "lstm" -> {
        for (String option : List.of("peepholes", "layer_norm")) {
          if (cell.options().flag(option)) {
            throw PytorchWeights.unsupported("an lstm with " + option);
          }
        }
        yield 4;
      }
      case "gru" -> {
        if (cell.options().choice("reset", "after", "before").equals("before")) {
          throw PytorchWeights.unsupported("a gru with reset = before");
        }
        yield 3;
      }
      case "vanilla" -> 1;
      default -> throw PytorchWeights.unsupported("the cell " + cell.name());
    };
  }
}
