package org.rondo.tasks.pictures;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.rondo.kernels.ValueException;

/**
 * A matrix of weights, darker where they are a larger share of their row.
 *
 * @param note what is to be seen, in a sentence or two
 * @param rows names of the rows
 * @param columns names of the columns
 * @param weights of each row, from 0
 */
public record MatrixPicture(
    String title, String note, List<String> rows, List<String> columns, List<List<Float>> weights)
    implements Picture {
  private static final int MOST = 60;

  /** Checks the numbers. */
  public MatrixPicture {
    ValueException.unlessWithin("rows", rows.size(), 1, MOST);
    ValueException.unlessWithin("columns", columns.size(), 1, MOST);
    int width = columns.size();
    ValueException.unless(
        weights.size() == rows.size() && weights.stream().allMatch(row -> row.size() == width),
        "weights",
        weights.size(),
        "must be a row for each name, with a weight for each column");
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    weights = List.copyOf(weights);
  }

  /** The first {@value #MOST} rows and columns of a matrix, which need not have as many. */
  public static MatrixPicture of(
      String title, String note, List<String> rows, List<String> columns, float[][] weights) {
    int height = Math.min(MOST, rows.size());
    int width = Math.min(MOST, columns.size());
    return new MatrixPicture(
        title,
        note,
        rows.subList(0, height),
        columns.subList(0, width),
        Arrays.stream(weights, 0, height).map(row -> floats(row, width)).toList());
  }

  private static List<Float> floats(float[] row, int width) {
    var all = new Float[width];
    for (int i = 0; i < width; i++) {
      all[i] = row[i];
    }
    return Collections.unmodifiableList(Arrays.asList(all));
  }

  @Override
  @JsonProperty
  public String kind() {
    return "matrix";
  }
}
