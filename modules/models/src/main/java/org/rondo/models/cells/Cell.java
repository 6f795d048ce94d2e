package org.rondo.models.cells;

import java.util.List;
import java.util.Set;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.OpenSet;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * One recurrence: how a step's state follows from the state before and the step's input. An open
 * set, one class per member, found by an {@link OpenSet}.
 *
 * <p>Shapes: {@code T} steps, {@code B} sequences, {@code X} inputs, {@code H} units, {@code G}
 * columns of the input projection. The layer around the cell multiplies the inputs of all steps by
 * its {@code input_weight (X,G)} in one product and hands the cell the result; the cell owns
 * everything else: recurrent weights, biases, and how both meet.
 *
 * <p>A new cell is a class with {@code @AutoService(Cell.class)}. The contract tests find it as it
 * is by default, and ask for a variant in their {@code CellVariants} for each of its options and
 * for its equations in double precision in a {@code ReferenceRecurrence}.
 */
public interface Cell {
  /** Every cell that is found. */
  OpenSet<Cell> ALL = new OpenSet<>(Cell.class, "cell", "cell", Cell::name);

  /** As configuration names it. */
  String name();

  /** Names of the options that it knows. */
  default Set<String> options() {
    return Set.of();
  }

  /** G: columns that the input is projected to, such as 4H for four gates. */
  int projectionWidth(CellSpec spec);

  /**
   * Widths of what is carried from step to step; the first is h, the cell's output. An LSTM carries
   * h and c: {@code [H, H]}.
   */
  List<Integer> stateWidths(CellSpec spec);

  /**
   * The cell's own parameters: all but {@code input_weight}.
   *
   * @throws IllegalArgumentException if an option has a value that it cannot have
   */
  List<ParameterSpec> parameters(CellSpec spec);

  /**
   * Names of those of its {@link #parameters} that multiply what is carried from step to step,
   * which may be dropped in training.
   */
  default List<String> recurrentWeights(CellSpec spec) {
    return List.of("recurrent_weight");
  }

  /** Whether its recurrences heed {@link Workspace#starts}, by {@link DocumentStarts}. */
  default boolean startsDocuments() {
    return false;
  }

  /**
   * Makes the recurrence over T steps.
   *
   * @param workspace the cell's parameters by the names of {@link #parameters}
   * @param projection of the input of all steps, and where its gradient belongs
   * @param outputGradient {@code (T,B,H)}: gradient from above when {@link Recurrence#backward} is
   *     called; the whole gradient of h, from above and from the steps after, when it returns
   */
  Recurrence bind(
      Workspace workspace, CellSpec spec, Projection projection, NativeBuffer outputGradient);

  /**
   * The cell of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Cell named(String name) {
    return ALL.named(name);
  }
}
