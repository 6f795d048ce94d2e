package org.rondo.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterLayout.Slice;

/**
 * Which parameters a network begins with that another was trained to, such as a classifier with
 * those of a language model (Dai and Le 2015): all of the layers that have equal names in both, and
 * none of the head, unless {@link #withHead} is asked for. A layer that only one of them has is
 * left as it is, and so is what a layer has beyond the trained one, as one of two directions.
 *
 * @see <a href="https://arxiv.org/abs/1511.01432">Dai and Le 2015</a>
 */
public final class ParameterTransfer {
  private final NetworkSpec spec;
  private final ParameterLayout from;
  private final ParameterLayout to;

  /** Names in the network that begins, by those in the one that was trained. */
  private final Map<String, String> taken = new LinkedHashMap<>();

  /**
   * Finds the layers in common.
   *
   * @param from the network that was trained
   * @param to the network that begins
   * @throws IllegalArgumentException if there are none, or one of them is another layer or of
   *     another width
   */
  public ParameterTransfer(NetworkSpec from, NetworkSpec to) {
    this.spec = to;
    this.from = Network.layout(from);
    this.to = Network.layout(to);
    List<String> scopes = from.scopes();
    List<String> here = to.scopes();
    for (int i = 0; i < scopes.size(); i++) {
      String scope = scopes.get(i);
      if (here.contains(scope) && hasParameters(scope + ".")) {
        String within = place(scope, from.layers().get(i), to.layers().get(here.indexOf(scope)));
        addAll(scope + ".", scope + "." + within);
      }
    }
    if (taken.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "initial network: its layers %s have no parameters in common with %s",
              scopes,
              here));
    }
  }

  /** Dropout has none, and may be stronger in a network that is trained on fewer targets. */
  private boolean hasParameters(String prefix) {
    return from.slices().stream().anyMatch(slice -> slice.name().startsWith(prefix));
  }

  private static String place(String scope, LayerSpec there, LayerSpec here) {
    return here.beginningWith(there)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "initial network: its layer %s is %s, here it is %s",
                        scope,
                        there,
                        here)));
  }

  private void addAll(String prefix, String prefixHere) {
    for (Slice slice : from.slices()) {
      if (!slice.name().startsWith(prefix)) {
        continue;
      }
      Slice here = to.slice(prefixHere + slice.name().substring(prefix.length()));
      if (!slice.shape().equals(here.shape())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "initial network: its %s is of shape %s, here it is of shape %s",
                slice.name(),
                slice.shape(),
                here.shape()));
      }
      taken.put(slice.name(), here.name());
    }
  }

  /**
   * The layers in common and the head as well, of a network that predicts the same classes.
   *
   * @param from the network that was trained
   * @param to the network that begins
   * @throws IllegalArgumentException if the heads differ, or the layers as above
   */
  public static ParameterTransfer withHead(NetworkSpec from, NetworkSpec to) {
    if (!from.head().equals(to.head())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "initial network: its head is %s, here it is %s",
              from.head(),
              to.head()));
    }
    var transfer = new ParameterTransfer(from, to);
    transfer.addAll(NetworkParameters.HEAD + ".", NetworkParameters.HEAD + ".");
    return transfer;
  }

  /** Names of the parameters that are taken, in order, as the network that begins has them. */
  public List<String> names() {
    return List.copyOf(taken.values());
  }

  /**
   * Takes them over.
   *
   * @param trained all parameters of the network that was trained
   * @param fresh all parameters of the network that begins; those of {@link #names} are overwritten
   * @throws IllegalArgumentException if one of them is not of its network's length
   */
  public void copy(float[] trained, float[] fresh) {
    if (trained.length != from.length() || fresh.length != to.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "initial network: %d parameters to %d, the networks have %d and %d",
              trained.length,
              fresh.length,
              from.length(),
              to.length()));
    }
    taken.forEach(
        (there, here) -> {
          Slice source = from.slice(there);
          int offset = to.slice(here).offset();
          System.arraycopy(trained, source.offset(), fresh, offset, source.length());
        });
  }

  /**
   * Where the network begins: fresh parameters, but for those that are taken over.
   *
   * @param trained all parameters of the network that was trained; not modified
   * @param seed of the fresh ones
   */
  public float[] initial(float[] trained, long seed) {
    float[] fresh = Network.initialParameters(spec, seed);
    copy(trained, fresh);
    return fresh;
  }
}
