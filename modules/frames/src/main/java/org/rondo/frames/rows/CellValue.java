package org.rondo.frames.rows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.Vector;
import org.rondo.kernels.Counted;
import org.rondo.spark.ScalaCollections;
import org.rondo.tasks.ColumnType;
import scala.collection.Seq;

/** The value of a cell, as an {@link org.rondo.tasks.Example} holds it. */
final class CellValue {
  private CellValue() {}

  /**
   * Converts what Spark hands out.
   *
   * @param cell not null
   * @throws BadCell saying what is wrong with it
   */
  static Object of(ColumnType type, Object cell) {
    return switch (type) {
      case TEXT -> text(cell);
      case LABEL -> label(cell);
      case BYTES -> cell;
      case NUMBER -> number(cell);
      case TOKENS -> tokens(list(cell));
      case NUMBERS -> isOne(cell) ? new double[] {number(cell)} : numbers(steps(cell));
      case SERIES -> series(steps(cell), false);
      case SERIES_WITH_GAPS -> series(steps(cell), true);
    };
  }

  /** Numbers and flags by the text that they have whatever the format they were read from. */
  private static String text(Object cell) {
    return cell instanceof BigDecimal decimal ? decimal.toPlainString() : cell.toString();
  }

  private static String label(Object cell) {
    if ((cell instanceof Double || cell instanceof Float)
        && !Double.isFinite(((Number) cell).doubleValue())) {
      throw new BadCell("holds %s, which is no label", cell);
    }
    return text(cell);
  }

  private static double number(Object cell) {
    double value;
    if (cell instanceof Number number) {
      value = number.doubleValue();
    } else if (cell instanceof Boolean flag) {
      value = flag ? 1 : 0;
    } else {
      try {
        value = Double.parseDouble(cell.toString());
      } catch (NumberFormatException e) {
        throw new BadCell("holds \"%s\", which is no number", cut(cell.toString()));
      }
    }
    if (!Double.isFinite(value)) {
      throw new BadCell("holds %s, which is no finite number", cell);
    }
    return value + 0.0; // -0 becomes 0
  }

  private static List<String> tokens(List<?> cells) {
    var tokens = new ArrayList<String>(cells.size());
    for (Object cell : cells) {
      if (cell == null) {
        throw new BadCell("holds null as token %d", tokens.size() + 1);
      }
      tokens.add(text(cell));
    }
    return List.copyOf(tokens);
  }

  private static double[] numbers(List<?> cells) {
    var numbers = new double[cells.size()];
    for (int i = 0; i < numbers.length; i++) {
      double value = cells.get(i) instanceof Number number ? number.doubleValue() : Double.NaN;
      if (!Double.isFinite(value)) {
        throw new BadCell("holds %s as number %d, which is not finite", cells.get(i), i + 1);
      }
      numbers[i] = value + 0.0;
    }
    return numbers;
  }

  private static boolean isOne(Object cell) {
    return cell instanceof Number || cell instanceof Boolean || cell instanceof String;
  }

  private static List<?> steps(Object cell) {
    return cell instanceof Vector vector ? boxed(vector) : list(cell);
  }

  private static float[][] series(List<?> steps, boolean withGaps) {
    var series = new float[steps.size()][];
    for (int t = 0; t < series.length; t++) {
      series[t] = step(steps.get(t), t, withGaps);
      if (series[t].length != series[0].length) {
        throw new BadCell(
            "holds %s in step %d, and %d in step 1",
            Counted.of(series[t].length, "value"), t + 1, series[0].length);
      }
    }
    return series;
  }

  private static float[] step(Object step, int t, boolean withGaps) {
    List<?> cells =
        step instanceof Number || step == null
            ? Collections.singletonList(step)
            : step instanceof Vector vector ? boxed(vector) : list(step);
    var values = new float[cells.size()];
    for (int f = 0; f < values.length; f++) {
      float value = cells.get(f) instanceof Number number ? number.floatValue() : Float.NaN;
      if (Float.isInfinite(value) || (Float.isNaN(value) && !withGaps)) {
        throw new BadCell("holds %s in step %d, which is no finite number", cells.get(f), t + 1);
      }
      values[f] = value + 0f;
    }
    return values;
  }

  private static List<Double> boxed(Vector vector) {
    var values = new ArrayList<Double>(vector.size());
    for (double value : vector.toArray()) {
      values.add(value);
    }
    return values;
  }

  private static List<?> list(Object cell) {
    return ScalaCollections.list((Seq<?>) cell);
  }

  static String cut(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }

  /** A value that cannot be used. */
  static final class BadCell extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadCell(String problem, Object... arguments) {
      super(String.format(Locale.ROOT, problem, arguments), null, false, false);
    }
  }
}
