package org.rondo.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Characters;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Residual;
import org.rondo.models.layers.Values;

/** All parameters of a network, from input to head. */
final class NetworkPairs {
  private static final String HEAD = "head";
  private static final Set<String> LINEAR = Set.of("weight", "bias");

  private final List<TensorPair> pairs = new ArrayList<>();
  private final NetworkSpec spec;
  private final List<String> scopes;
  private final RecurrentStacks stacks;
  private int width;

  NetworkPairs(NetworkSpec trained) {
    spec = trained.evaluated();
    scopes = spec.scopes();
    stacks = new RecurrentStacks(spec.hidden());
    ofInput(spec.input(), scopes.get(0));
    width = spec.input().width(0);
    for (int i = 0; i < spec.hidden().size(); i++) {
      HiddenLayerSpec layer = spec.hidden().get(i);
      ofLayer(layer, i, scopes.get(i + 1) + ".");
      width = layer.width(width);
    }
    ofHead(spec.head());
  }

  List<TensorPair> all() {
    return List.copyOf(pairs);
  }

  /** Whether the head has no weights but the embedding's table. */
  boolean tied() {
    return spec.head().head().sharesEmbedding(spec.head());
  }

  private void ofInput(InputLayerSpec input, String scope) {
    if (input instanceof Embedding table) {
      table(scope + ".weight", scope + ".weight", table.vocabulary(), table.units());
    } else if (input instanceof Characters spelled) {
      table(scope + ".weight", scope + ".embedding.weight", spelled.alphabet(), spelled.units());
      pairs.addAll(
          RecurrentPairs.bothWays(
              spelled.cell(), spelled.units(), scope + ".", scope + ".rnn.", 0));
    } else if (input instanceof Columns columns) {
      for (int i = 0; i < columns.parts().size(); i++) {
        ofInput(columns.parts().get(i), scope + "." + i);
      }
    } else if (!(input instanceof Values)) {
      throw PytorchWeights.unsupported("the input layer " + input);
    }
  }

  private void table(String parameter, String name, int rows, int columns) {
    var tensor = new TensorPair.Tensor(name, List.of(rows, columns));
    pairs.add(new SameTensor(parameter, tensor, false));
  }

  /**
   * @param number of the layer among those between input and head
   */
  private void ofLayer(HiddenLayerSpec layer, int number, String scope) {
    if (layer instanceof Residual residual) {
      ofLayer(residual.inner(), number, scope);
    } else if (layer instanceof Recurrent recurrent) {
      CellSpec cell = recurrent.cell();
      pairs.addAll(
          RecurrentPairs.forward(cell, width, scope, stacks.module(number), stacks.layer(number)));
    } else if (layer instanceof Bidirectional both) {
      CellSpec cell = both.cell();
      pairs.addAll(
          RecurrentPairs.bothWays(cell, width, scope, stacks.module(number), stacks.layer(number)));
    } else if (layer instanceof Dense dense) {
      linear(scope, dense.width(width));
    } else if (!layer.parameters(width).isEmpty()) {
      throw PytorchWeights.unsupported("the layer " + layer);
    }
  }

  /** One with a linear layer alone. */
  private void ofHead(HeadSpec head) {
    boolean linear =
        head.head().parameters(width, head).stream()
            .allMatch(parameter -> LINEAR.contains(parameter.name()));
    if (!linear) {
      throw PytorchWeights.unsupported("the head \"" + head + "\"");
    }
    if (tied()) {
      bias(HEAD + ".", head.outputs());
    } else {
      linear(HEAD + ".", head.outputs());
    }
  }

  /** {@code nn.Linear}, under the layer's own name. */
  private void linear(String scope, int outputs) {
    pairs.add(new TransposedTensor(scope + "weight", width, outputs, scope + "weight"));
    bias(scope, outputs);
  }

  private void bias(String scope, int outputs) {
    var tensor = new TensorPair.Tensor(scope + "bias", List.of(outputs));
    pairs.add(new SameTensor(scope + "bias", tensor, true));
  }
}
