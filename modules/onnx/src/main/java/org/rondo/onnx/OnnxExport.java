package org.rondo.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Locale;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.parameters.ParameterLayout;

/**
 * A trained network as an ONNX model, for runtimes that know nothing of Rondo. T and B are left to
 * the caller.
 *
 * <ul>
 *   <li>Inputs: {@code ids (T,B,K)}, 64-bit, or {@code values (T,B,F)}, or both; {@code lengths
 *       (B)}, 32-bit, steps of each sequence; {@code state.0}, {@code state.1} and so on {@code
 *       (1,B,H)}, what the recurrences going forward carry, at first zeros.
 *   <li>Outputs: {@code logits (T,B,O)} of every step or {@code (B,O)} of every sequence, before
 *       any softmax, of an adaptive one behind it, as logarithms; {@code next_state.0} and so on.
 * </ul>
 *
 * <p>Not exported: layer normalization and projection of an LSTM, convolutions, heads that decode.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">ONNX's operators</a>, opset 17
 */
public final class OnnxExport {
  /**
   * Bytes of a message, which Protocol Buffers count by an {@code int}; a tenth is left for names.
   */
  private static final long MOST_BYTES = Integer.MAX_VALUE / 10L * 9;

  private OnnxExport() {}

  /**
   * The model's bytes, as a file {@code .onnx} holds them.
   *
   * @param parameters all of the network's, as its layout says
   * @throws IllegalArgumentException if a part of it cannot be exported, naming it, if it is larger
   *     than an ONNX model can be, or if the parameters are not as many as the network has
   */
  public static byte[] of(NetworkSpec spec, float[] parameters) {
    ParameterLayout layout = Network.layout(spec);
    long bytes = (long) layout.length() * Float.BYTES;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "onnx: the parameters have %.1f GB, a model can have %.1f; export weights for PyTorch",
              bytes / 1e9,
              MOST_BYTES / 1e9));
    }
    if (parameters.length != layout.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "onnx: %d parameters, the network has %d",
              parameters.length,
              layout.length()));
    }
    var graph = new Graph();
    List<String> scopes = spec.scopes();
    String lengths = graph.input("lengths", TensorProto.DataType.INT32, "batch");
    var recurrent = new RecurrentNodes(graph, lengths);
    var layers = new LayerNodes(graph, recurrent);
    var input = new InputNodes(graph, recurrent, spec.input());
    String signal = input.of(spec.input(), weights(layout, parameters, scopes.get(0)), 0);
    for (int i = 0; i < spec.hidden().size(); i++) {
      HiddenLayerSpec layer = spec.hidden().get(i);
      signal = layers.of(layer, weights(layout, parameters, scopes.get(i + 1)), signal);
    }
    new HeadNodes(graph, lengths, input.table())
        .of(spec.head(), weights(layout, parameters, "head"), signal);
    return graph.model().toByteArray();
  }

  private static Weights weights(ParameterLayout layout, float[] values, String scope) {
    return new Weights(layout, values, scope + ".");
  }
}
