package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Rondo's words for DL4J's activations. */
final class Activations {
  private static final Map<String, IActivation> BY_WORD =
      Map.of(
          "identity", new ActivationIdentity(),
          "relu", new ActivationReLU(),
          "sigmoid", new ActivationSigmoid(),
          "softmax", new ActivationSoftmax(),
          "tanh", new ActivationTanH());

  private Activations() {}

  /**
   * The word for a layer's activation.
   *
   * @param what activation of the layer it is, for the message
   * @param words that the layer can have
   * @throws UnsupportedLayerException if it is none of those
   */
  static String word(LayerPlace place, String what, IActivation activation, String... words) {
    for (String word : words) {
      if (BY_WORD.get(word).equals(activation)) {
        return word;
      }
    }
    throw place.unsupported(
        String.format(Locale.ROOT, "%s = %s", what, activation), "use " + either(words));
  }

  private static String either(String... words) {
    return words.length == 1 ? words[0] : "one of " + List.of(words);
  }
}
