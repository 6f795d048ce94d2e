package org.rondo.ingest.sequences;

import java.io.Serializable;
import java.util.Locale;
import org.rondo.models.NetworkSpec;

/**
 * What the sequences of a dataset are made of: ids or values in each step, classes or values as
 * targets.
 *
 * @param ids below which every id of the input is; 0 where inputs are values
 * @param inputs F, values in a step of the input; 0 where inputs are ids
 * @param classes below which every target is; 0 where targets are values
 * @param outputs O, values in a target; 0 where targets are classes
 */
public record SequenceShape(int ids, int inputs, int classes, int outputs) implements Serializable {
  public SequenceShape {
    if (!isOneOf(ids, inputs) || !isOneOf(classes, outputs)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: inputs of %d ids or %d values, targets of %d classes or %d values: of each one must be >= 1 and the other 0",
              ids,
              inputs,
              classes,
              outputs));
    }
  }

  private static boolean isOneOf(int one, int other) {
    return one >= 0 && other >= 0 && (one == 0) != (other == 0);
  }

  /** What that network takes and predicts. */
  public static SequenceShape of(NetworkSpec network) {
    int ids = network.idColumns().size() == 1 ? network.idColumns().get(0) : 0;
    int outputs = network.targetValues();
    int classes = outputs > 0 ? 0 : network.head().outputs();
    return new SequenceShape(ids, network.inputValues(), classes, outputs);
  }

  /** As an error shows it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s as inputs and %s as targets",
        ids > 0 ? "ids below " + ids : inputs + " values",
        classes > 0 ? "classes below " + classes : outputs + " values");
  }
}
