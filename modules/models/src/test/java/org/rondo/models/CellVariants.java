package org.rondo.models;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rondo.models.cells.Cell;
import org.rondo.models.cells.CellContractTest;
import org.rondo.models.cells.CellSpec;

/**
 * What the tests of cells run over: every {@link Cell} that is found, as it is by default, and in
 * the variants listed here. A new cell needs nothing but its {@code @AutoService}; a new option
 * needs a line in {@link #OPTIONS}, which {@link CellContractTest} insists on.
 */
public final class CellVariants {
  private static final Map<String, List<Map<String, String>>> OPTIONS =
      Map.of(
          "gru",
          List.of(Map.of("reset", "before")),
          "lstm",
          List.of(
              Map.of("peepholes", "true"),
              Map.of("layer_norm", "true"),
              Map.of("projection", "2"),
              Map.of("peepholes", "true", "layer_norm", "true"),
              Map.of("peepholes", "true", "projection", "2"),
              Map.of("layer_norm", "true", "projection", "2"),
              Map.of("peepholes", "true", "layer_norm", "true", "projection", "2")),
          "vanilla",
          List.of(
              Map.of("activation", "relu"),
              Map.of("activation", "relu", "initial", "orthogonal"),
              Map.of("activation", "tanh", "initial", "identity")));

  private CellVariants() {}

  /** All cells in all variants. */
  public static List<CellSpec> of(int units) {
    return Cell.ALL.members().values().stream().flatMap(cell -> of(cell, units)).toList();
  }

  private static Stream<CellSpec> of(Cell cell, int units) {
    return Stream.concat(
        Stream.of(CellSpec.of(cell.name(), units)),
        OPTIONS.getOrDefault(cell.name(), List.of()).stream()
            .map(options -> new CellSpec(cell.name(), units, new Options(options))));
  }
}
