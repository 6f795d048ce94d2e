package org.rondo.models.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rondo.kernels.ValueException;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;

/**
 * The options of {@link LstmCell}, checked, and the parameters that they bring.
 *
 * @param units H
 * @param peepholes whether the gates see the cell
 * @param layerNorm whether pre-activations and cell are normalized
 * @param projection P, the width of h; 0 where h is not projected
 */
record LstmOptions(int units, boolean peepholes, boolean layerNorm, int projection) {
  static final String PEEPHOLE = "peephole";
  static final String INPUT_GAIN = "input_gain";
  static final String RECURRENT_GAIN = "recurrent_gain";
  static final String CELL_GAIN = "cell_gain";
  static final String CELL_BIAS = "cell_bias";
  static final String PROJECTION_WEIGHT = "projection_weight";

  /** Names of the options. */
  static final Set<String> NAMES = Set.of("peepholes", "layer_norm", "projection");

  LstmOptions {
    if (projection >= units) {
      throw new ValueException(
          ValueException.OPTION + "projection",
          projection,
          String.format(
              Locale.ROOT, "must be less than the cell's %d units, or 0 for none", units));
    }
  }

  /**
   * Those of a cell.
   *
   * @throws IllegalArgumentException if one has a value that it cannot have
   */
  static LstmOptions of(CellSpec spec) {
    return new LstmOptions(
        spec.units(),
        spec.options().flag("peepholes"),
        spec.options().flag("layer_norm"),
        spec.options().whole("projection", 0));
  }

  /** Whether none is chosen. */
  boolean none() {
    return !peepholes && !layerNorm && projection == 0;
  }

  /** Width of h. */
  int outputs() {
    return projection > 0 ? projection : units;
  }

  /** The parameters beside those that every LSTM has. */
  List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    if (peepholes) {
      all.add(new ParameterSpec(PEEPHOLE, List.of(3 * units), Initializer.zeros()));
    }
    if (layerNorm) {
      Initializer ones = (values, random) -> Arrays.fill(values, 1f);
      all.add(new ParameterSpec(INPUT_GAIN, List.of(4 * units), ones));
      all.add(new ParameterSpec(RECURRENT_GAIN, List.of(4 * units), ones));
      all.add(new ParameterSpec(CELL_GAIN, List.of(units), ones));
      all.add(new ParameterSpec(CELL_BIAS, List.of(units), Initializer.zeros()));
    }
    if (projection > 0) {
      Initializer glorot = Initializer.glorot(units, projection);
      all.add(new ParameterSpec(PROJECTION_WEIGHT, List.of(units, projection), glorot));
    }
    return all;
  }
}
