package org.rondo.ingest.sequences;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rondo.kernels.Counted;
import org.rondo.models.NetworkSpec;

/**
 * What the sequences of a dataset are made of: ids or values in each step, classes or values as
 * targets.
 *
 * @param ids below what each of the K ids of a step is; empty where inputs are values
 * @param inputs F, values in a step of the input; 0 where inputs are ids
 * @param classes below which every target is; 0 where targets are values
 * @param outputs O, values in a target; 0 where targets are classes
 */
public record SequenceShape(List<Integer> ids, int inputs, int classes, int outputs)
    implements Serializable {
  /** A sequence's ids and values are arrays, so a step that is wider has no use. */
  private static final int MOST_COLUMNS = 1 << 24;

  public SequenceShape {
    boolean bounds = ids != null && ids.stream().allMatch(bound -> bound != null && bound >= 1);
    if (!bounds
        || !isOneOf(ids.size(), inputs)
        || !isOneOf(classes, outputs)
        || Math.max(Math.max(ids.size(), inputs), outputs) > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: inputs of ids below %s or %d values, targets of %d classes or %d values: of each one must be >= 1 and the other 0 or []",
              ids,
              inputs,
              classes,
              outputs));
    }
    ids = List.copyOf(ids);
  }

  private static boolean isOneOf(int one, int other) {
    return one >= 0 && other >= 0 && (one == 0) != (other == 0);
  }

  /** What that network takes and predicts. */
  public static SequenceShape of(NetworkSpec network) {
    int outputs = network.targetValues();
    int classes = outputs > 0 ? 0 : network.head().outputs();
    return new SequenceShape(network.idColumns(), network.inputValues(), classes, outputs);
  }

  /** K, ids in a step; 0 where inputs are values. */
  public int columns() {
    return ids.size();
  }

  /** Part of the fingerprint of a dataset, which resumed runs compare: never to change. */
  String fingerprint() {
    return text(inputs + " values", outputs + " values");
  }

  /** As an error shows it. */
  @Override
  public String toString() {
    return text(Counted.of(inputs, "value"), Counted.of(outputs, "value"));
  }

  private String text(String inputValues, String targetValues) {
    String below = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s as inputs and %s as targets",
        ids.isEmpty() ? inputValues : "ids below " + below,
        classes > 0 ? "classes below " + classes : targetValues);
  }
}
