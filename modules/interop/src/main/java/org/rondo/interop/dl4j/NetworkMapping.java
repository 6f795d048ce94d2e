package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Locale;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.parameters.ParameterLayout;

/** A network as Rondo describes it, and where DL4J's flat parameter vector holds its parameters. */
final class NetworkMapping {
  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final List<StoredParameter> stored;
  private final int length;

  /**
   * @param stored all parameters of the network, in the order of DL4J's vector
   */
  NetworkMapping(NetworkSpec spec, List<StoredParameter> stored) {
    this.spec = spec;
    this.layout = Network.layout(spec);
    this.stored = List.copyOf(stored);
    this.length = stored.stream().mapToInt(StoredParameter::length).reduce(0, Math::addExact);
    if (length != layout.length()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "dl4j: %d values are mapped of a network of %d",
              length,
              layout.length()));
    }
  }

  NetworkSpec spec() {
    return spec;
  }

  /** Values of either vector. */
  int length() {
    return length;
  }

  /** From DL4J's order to that of {@link Network#layout}. */
  float[] toRondo(float[] values) {
    var result = new float[length];
    forEach((dl4j, rondo) -> result[rondo] = values[dl4j]);
    return result;
  }

  /** From the order of {@link Network#layout} to DL4J's. */
  float[] toDl4j(float[] values) {
    var result = new float[length];
    forEach((dl4j, rondo) -> result[dl4j] = values[rondo]);
    return result;
  }

  /** The places of one value in both vectors. */
  private interface Places {
    void accept(int dl4j, int rondo);
  }

  private void forEach(Places places) {
    int at = 0;
    for (StoredParameter parameter : stored) {
      int offset = layout.slice(parameter.name()).offset();
      int stride = parameter.stride();
      for (int place : parameter.places()) {
        int first = offset + place * parameter.width();
        for (int column = first; column < first + parameter.width(); column++) {
          for (int row = 0; row < parameter.rows(); row++) {
            places.accept(at++, column + row * stride);
          }
        }
      }
    }
  }
}
