package org.rondo.models;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.rondo.kernels.OpenSet;
import org.rondo.kernels.ValueException;

/** Some kinds of layers by name; all of them make up the open set of layers. */
public interface LayerSet {
  /** Every set that is found, by the name of its class. */
  OpenSet<LayerSet> ALL =
      new OpenSet<>(LayerSet.class, "layers", "set of layers", set -> set.getClass().getName());

  /** The record of each kind by the {@code type} of its JSON. */
  Map<String, Class<? extends LayerSpec>> layers();

  /**
   * The kind of that name.
   *
   * @param within what it must be: any layer, or one of the two kinds
   * @throws ValueException if there is none, with the names that there are
   */
  static Class<? extends LayerSpec> named(String type, Class<?> within) {
    return ALL.first(
            set -> Optional.ofNullable(set.layers().get(type)).filter(within::isAssignableFrom))
        .orElseThrow(
            () -> new ValueException("type", type, "no such layer; there are " + names(within)));
  }

  private static SortedSet<String> names(Class<?> within) {
    var names = new TreeSet<String>();
    for (LayerSet set : ALL.members().values()) {
      set.layers()
          .forEach(
              (name, kind) -> {
                if (within.isAssignableFrom(kind)) {
                  names.add(name);
                }
              });
    }
    return names;
  }

  /**
   * The name of a layer's kind.
   *
   * @throws IllegalArgumentException if no set has it
   */
  static String nameOf(Class<?> kind) {
    return ALL.first(
            set ->
                set.layers().entrySet().stream()
                    .filter(entry -> entry.getValue() == kind)
                    .map(Map.Entry::getKey)
                    .findFirst())
        .orElseThrow(() -> new IllegalArgumentException("network: no set of layers names " + kind));
  }
}
