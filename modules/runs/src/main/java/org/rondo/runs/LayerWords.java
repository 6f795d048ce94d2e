package org.rondo.runs;

import java.util.Locale;
import java.util.stream.Collectors;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec.HeadSpec;
import org.rondo.models.cells.CellSpec;

/** What a network is made of, in words for people. */
final class LayerWords {
  private LayerWords() {}

  static String of(LayerSpec layer) {
    if (layer instanceof LayerSpec.Embedding e) {
      return words("embedding of %,d tokens, %d units", e.vocabulary(), e.units());
    } else if (layer instanceof LayerSpec.Values v) {
      return words("%d values per step", v.width());
    } else if (layer instanceof LayerSpec.Recurrent r) {
      return of(r.cell());
    } else if (layer instanceof LayerSpec.Bidirectional b) {
      return of(b.cell()) + ", in both directions";
    } else if (layer instanceof LayerSpec.Residual r) {
      return of(r.inner()) + ", input added to its output";
    } else if (layer instanceof LayerSpec.Dense d) {
      return words("dense, %d units, %s", d.units(), d.activation());
    } else if (layer instanceof LayerSpec.Dropout d) {
      return words("dropout of %s", d.rate());
    }
    return layer.toString();
  }

  private static String of(CellSpec cell) {
    String options =
        cell.options().values().entrySet().stream()
            .map(option -> ", " + option.getKey() + " = " + option.getValue())
            .collect(Collectors.joining());
    return words("%s, %d units%s", cell.name(), cell.units(), options);
  }

  static String of(HeadSpec head) {
    String kind = head.head().predictsValues() ? "values" : "classes";
    return words("%s, %,d %s", head.type().replace('-', ' '), head.outputs(), kind);
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
