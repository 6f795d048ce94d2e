package org.rondo.models.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.kernels.ValueException;

/** Activations of layers by their names. */
final class Activations {
  private Activations() {}

  static List<String> names() {
    return Arrays.stream(Activation.values())
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  static void require(String name) {
    ValueException.unless(
        name != null && names().contains(name), "activation", name, "must be one of " + names());
  }

  static Activation named(String name) {
    return Activation.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
