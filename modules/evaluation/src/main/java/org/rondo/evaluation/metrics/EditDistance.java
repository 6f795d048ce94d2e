package org.rondo.evaluation.metrics;

import java.util.ArrayList;
import java.util.List;
import org.rondo.evaluation.Predictions;

/**
 * How many symbols are to be replaced, inserted or taken away to make one row of them from another
 * (Levenshtein 1966).
 */
public final class EditDistance {
  private EditDistance() {}

  /** Between two rows, in time and room of their product and of one of them. */
  public static int between(List<?> one, List<?> other) {
    var row = new int[other.size() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.size(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.get(i - 1).equals(other.get(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.size()];
  }

  /** The right symbols of a sequence. */
  static List<Integer> targets(Predictions predictions) {
    return symbols(predictions.targets());
  }

  /** The predicted symbols of a sequence. */
  static List<Integer> predicted(Predictions predictions) {
    return symbols(predictions.classes());
  }

  /** Up to the first that is none. */
  private static List<Integer> symbols(int[] row) {
    var symbols = new ArrayList<Integer>();
    for (int n = 0; n < row.length && row[n] >= 0; n++) {
      symbols.add(row[n]);
    }
    return symbols;
  }
}
