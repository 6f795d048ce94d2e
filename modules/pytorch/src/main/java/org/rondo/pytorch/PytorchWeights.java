package org.rondo.pytorch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterLayout.Slice;

/**
 * The parameters of a network by the names and in the shapes of PyTorch's modules, as a {@code
 * state_dict} holds them, and back.
 *
 * <ul>
 *   <li>{@code embedding}: {@code nn.Embedding}; of several columns {@code columns.0} and so on, of
 *       characters {@code characters.embedding} and {@code characters.rnn}
 *   <li>{@code rnn}: {@code nn.LSTM}, {@code nn.GRU} or {@code nn.RNN} of all layers, in one
 *       direction or both; {@code rnn.0}, {@code rnn.1} and so on where they are not alike or
 *       others stand between them
 *   <li>{@code dense.0} and so on: {@code nn.Linear}
 *   <li>{@code head}: {@code nn.Linear}; of a tied one the bias alone
 * </ul>
 *
 * <p>What is written and read again is equal bit for bit. What PyTorch has two biases for is read
 * as their sum, so that a module of PyTorch's comes back with other biases of the same sum.
 *
 * <p>Refused, since no module of PyTorch's computes it: peepholes and layer normalization of an
 * LSTM, a GRU that resets before the product, an adaptive softmax with biases, the pooling
 * attention, chains of tags, heads that decode, convolutions.
 */
public final class PytorchWeights {
  private static final String TIED = "head.weight";
  private static final String TABLE = "embedding.weight";

  private final ParameterLayout parameters;
  private final List<TensorPair> pairs;
  private final boolean tied;
  private final ParameterLayout tensors = new ParameterLayout();
  private final Map<String, TensorPair> owners = new LinkedHashMap<>();

  /**
   * Those of a network.
   *
   * @throws IllegalArgumentException naming the part that PyTorch has no module for
   */
  public PytorchWeights(NetworkSpec spec) {
    parameters = Network.layout(spec);
    var network = new NetworkPairs(spec);
    pairs = network.all();
    tied = network.tied();
    for (TensorPair pair : pairs) {
      for (TensorPair.Tensor tensor : pair.tensors()) {
        tensors.add(tensor.name(), tensor.shape().stream().mapToInt(Integer::intValue).toArray());
        owners.put(tensor.name(), pair);
      }
    }
  }

  /** Names and shapes of PyTorch's tensors. */
  public ParameterLayout tensors() {
    return tensors;
  }

  /**
   * The tensors' values, in the order of {@link #tensors}.
   *
   * @param values all parameters of the network, in the order of its layout
   */
  public float[] exported(float[] values) {
    requireLength(values, parameters);
    var all = new float[tensors.length()];
    var from = new Tensors(parameters, values);
    var to = new Tensors(tensors, all);
    pairs.forEach(pair -> pair.write(from, to));
    return all;
  }

  /**
   * The network's parameters from tensors of PyTorch's. Biases may be missing, as of modules that
   * have none.
   *
   * @param stored names and shapes of the tensors, in any order
   * @param values theirs
   * @throws IllegalArgumentException naming the tensor that is missing, too many or of another
   *     shape
   */
  public float[] imported(ParameterLayout stored, float[] values) {
    requireLength(values, stored);
    var from = new Tensors(stored, values);
    for (Slice tensor : stored.slices()) {
      if (tied && tensor.name().equals(TIED)) {
        requireEmbedding(from);
      } else {
        requireExpected(tensor);
      }
    }
    requireComplete(stored);
    var all = new float[parameters.length()];
    var to = new Tensors(parameters, all);
    pairs.forEach(pair -> pair.read(from, to));
    return all;
  }

  private static void requireLength(float[] values, ParameterLayout layout) {
    if (values.length != layout.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pytorch: %d values, the tensors have %d",
              values.length,
              layout.length()));
    }
  }

  private void requireExpected(Slice found) {
    if (!tensors.contains(found.name())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pytorch: the network has no place for the tensor %s of shape %s; it has %s",
              found.name(),
              found.shape(),
              owners.keySet()));
    }
    List<Integer> expected = tensors.slice(found.name()).shape();
    if (!expected.equals(found.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pytorch: the tensor %s is of shape %s, the network's is of shape %s",
              found.name(),
              found.shape(),
              expected));
    }
  }

  /** A bias is missing by itself only where all that it consists of is missing. */
  private void requireComplete(ParameterLayout stored) {
    for (Slice tensor : tensors.slices()) {
      TensorPair pair = owners.get(tensor.name());
      boolean none = pair.tensors().stream().noneMatch(each -> stored.contains(each.name()));
      if (!stored.contains(tensor.name()) && !(pair.optional() && none)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pytorch: there is no tensor %s of shape %s among %s",
                tensor.name(),
                tensor.shape(),
                stored.slices().stream().map(Slice::name).toList()));
      }
    }
  }

  /** A {@code state_dict} holds shared weights under both names. */
  private static void requireEmbedding(Tensors from) {
    if (!from.has(TABLE) || !Arrays.equals(from.get(TIED), from.get(TABLE))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pytorch: the network's head is tied, and the tensor %s is not equal to %s",
              TIED,
              TABLE));
    }
  }

  static IllegalArgumentException unsupported(String what) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "pytorch: PyTorch has no module for %s", what));
  }
}
