package org.rondo.pytorch;

import java.util.List;
import java.util.Locale;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterLayout.Slice;

/**
 * What modules are called elsewhere: {@code encoder=embedding} reads {@code encoder.weight} as
 * {@code embedding.weight}.
 */
public final class TensorNames {
  private record Renaming(String from, String to) {}

  private final List<Renaming> renamings;

  /**
   * @param renamings {@code THERE=HERE} each, names of modules
   * @throws IllegalArgumentException if one is none
   */
  public TensorNames(List<String> renamings) {
    this.renamings = renamings.stream().map(TensorNames::parsed).toList();
  }

  private static Renaming parsed(String text) {
    int at = text.indexOf('=');
    if (at < 1 || at == text.length() - 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: must be THERE=HERE, such as encoder=embedding", text));
    }
    return new Renaming(text.substring(0, at), text.substring(at + 1));
  }

  /**
   * Tensors by the names that they have here, in the same order; those of no such module stay as
   * they are.
   *
   * @throws IllegalArgumentException if two get the same name, or a renaming fits none
   */
  public ParameterLayout renamed(ParameterLayout stored) {
    for (Renaming each : renamings) {
      if (stored.slices().stream().noneMatch(slice -> fits(slice.name(), each))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pytorch: there is no module %s among %s",
                each.from(),
                stored.slices().stream().map(Slice::name).toList()));
      }
    }
    var all = new ParameterLayout();
    for (Slice slice : stored.slices()) {
      all.add(renamed(slice.name()), slice.shape().stream().mapToInt(Integer::intValue).toArray());
    }
    return all;
  }

  private String renamed(String name) {
    for (Renaming each : renamings) {
      if (fits(name, each)) {
        return each.to() + name.substring(each.from().length());
      }
    }
    return name;
  }

  private static boolean fits(String name, Renaming renaming) {
    return name.startsWith(renaming.from() + ".");
  }
}
