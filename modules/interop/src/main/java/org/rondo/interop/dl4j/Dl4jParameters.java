package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.parameters.ParameterLayout.Slice;

/**
 * Parameters of a network on their way from DL4J's vector to Rondo's and back. They are rearranged,
 * since weights lie column by column in the one and row by row in the other.
 */
public final class Dl4jParameters {
  private Dl4jParameters() {}

  /**
   * Gives a DL4J network the parameters of one trained by Rondo.
   *
   * @param network initialized; all its parameters are overwritten
   * @param spec the network that was trained, such as {@link ImportedNetwork#spec}
   * @param parameters in the order of {@link Network#layout} of it
   * @throws UnsupportedLayerException if a layer of {@code network} has no counterpart
   * @throws IllegalArgumentException if {@code spec} has other parameters than {@code network};
   *     nothing is written then
   */
  public static void into(MultiLayerNetwork network, NetworkSpec spec, float[] parameters) {
    NetworkMapping mapping = Dl4jNetwork.mapping(network.getLayerWiseConfigurations());
    requireSame(Network.layout(mapping.spec()).slices(), Network.layout(spec).slices());
    requireLength("parameters", parameters.length, mapping);
    requireInitialized(network, mapping);
    network.setParams(Nd4j.create(mapping.toDl4j(parameters), new long[] {1, mapping.length()}));
  }

  /** The parameters of a network in Rondo's order. */
  static float[] from(MultiLayerNetwork network, NetworkMapping mapping) {
    requireInitialized(network, mapping);
    return mapping.toRondo(network.params().toFloatVector());
  }

  private static void requireInitialized(MultiLayerNetwork network, NetworkMapping mapping) {
    if (!network.isInitCalled()) {
      throw new IllegalArgumentException("dl4j: the network has no parameters yet; call init()");
    }
    requireLength("the network's parameters", network.numParams(), mapping);
  }

  private static void requireLength(String what, long length, NetworkMapping mapping) {
    if (length != mapping.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "dl4j: %s hold %d values, its configuration says %d",
              what,
              length,
              mapping.length()));
    }
  }

  private static void requireSame(List<Slice> wanted, List<Slice> trained) {
    for (int i = 0; i < Math.max(wanted.size(), trained.size()); i++) {
      Slice one = i < wanted.size() ? wanted.get(i) : null;
      Slice other = i < trained.size() ? trained.get(i) : null;
      if (one == null || !one.equals(other)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "dl4j: the trained network is not that of the configuration: it has %s, DL4J's %s",
                named(other),
                named(one)));
      }
    }
  }

  private static String named(Slice slice) {
    return slice == null
        ? "nothing"
        : String.format(Locale.ROOT, "%s %s", slice.name(), slice.shape());
  }
}
