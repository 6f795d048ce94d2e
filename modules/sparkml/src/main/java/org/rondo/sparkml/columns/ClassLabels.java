package org.rondo.sparkml.columns;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.rondo.ingest.IngestException;

/**
 * The labels that predictions, numbers from 0, stand for. Where the label is a number, as
 * StringIndexer makes it, a prediction is that number, whether all smaller ones occur or not; where
 * it is a text, it counts the labels in their order.
 *
 * @param names by prediction; empty where no classes are predicted
 * @param predictions the prediction for each class of the network
 */
public record ClassLabels(List<String> names, List<Integer> predictions) {
  /** More numbers than that are no labels. */
  private static final int MOST = 10_000;

  public ClassLabels {
    names = List.copyOf(names);
    predictions = List.copyOf(predictions);
  }

  /** Of a task without classes, or whose classes are no numbers. */
  public static final ClassLabels NONE = new ClassLabels(List.of(), List.of());

  /**
   * Those of a column.
   *
   * @param classes of the network, by the text that the column has
   * @throws IngestException if they are numbers, but no indexes
   */
  public static ClassLabels of(StructField column, List<String> classes) {
    if (!(column.dataType() instanceof NumericType)) {
      var counted = new ArrayList<Integer>();
      classes.forEach(each -> counted.add(counted.size()));
      return new ClassLabels(classes, counted);
    }
    List<Integer> numbers = classes.stream().map(label -> index(column.name(), label)).toList();
    var names = new ArrayList<String>();
    Optional<String[]> known = values(column);
    int count = Math.max(Collections.max(numbers) + 1, known.map(all -> all.length).orElse(0));
    for (int i = 0; i < count; i++) {
      boolean named = known.isPresent() && i < known.get().length;
      names.add(named ? known.get()[i] : Integer.toString(i));
    }
    return new ClassLabels(names, numbers);
  }

  private static int index(String column, String label) {
    double number = Double.parseDouble(label);
    if (number < 0 || number != Math.rint(number) || number >= MOST) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "column %s holds the label %s: numbers must be whole, from 0 to %d, as StringIndexer makes them",
              column,
              label,
              MOST - 1));
    }
    return (int) number;
  }

  /** The names that a column's metadata has, as StringIndexer leaves them. */
  private static Optional<String[]> values(StructField column) {
    var attribute = Attribute.fromStructField(column);
    return attribute instanceof NominalAttribute nominal && nominal.values().isDefined()
        ? Optional.of(nominal.values().get())
        : Optional.empty();
  }

  /** Number of labels. */
  public int count() {
    return names.size();
  }
}
