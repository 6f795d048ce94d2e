package org.rondo.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Residual;

/**
 * Which recurrent layers are one module of PyTorch's: equal ones that follow each other directly,
 * as {@code nn.LSTM(num_layers = 2)} has them. A residual layer is a module by itself, since the
 * sum is the caller's to compute. The only module is called {@code rnn}, several {@code rnn.0},
 * {@code rnn.1} and so on.
 */
final class RecurrentStacks {
  /** Per layer: number of its module, or -1, and number within it. */
  private final List<Integer> modules = new ArrayList<>();

  private final List<Integer> layers = new ArrayList<>();
  private int count;

  RecurrentStacks(List<HiddenLayerSpec> hidden) {
    for (int i = 0; i < hidden.size(); i++) {
      boolean recurrent = isRecurrent(hidden.get(i));
      boolean goesOn =
          recurrent
              && i > 0
              && hidden.get(i).equals(hidden.get(i - 1))
              && !(hidden.get(i) instanceof Residual);
      if (recurrent && !goesOn) {
        count++;
      }
      modules.add(recurrent ? count - 1 : -1);
      layers.add(goesOn ? layers.get(i - 1) + 1 : 0);
    }
  }

  private static boolean isRecurrent(HiddenLayerSpec layer) {
    return layer instanceof Recurrent
        || layer instanceof Bidirectional
        || (layer instanceof Residual residual && isRecurrent(residual.inner()));
  }

  /** What the names of a layer's tensors begin with. */
  String module(int layer) {
    return count == 1 ? "rnn." : "rnn." + modules.get(layer) + ".";
  }

  /** Number of a layer in its module. */
  int layer(int layer) {
    return layers.get(layer);
  }
}
