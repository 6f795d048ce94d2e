package org.rondo.sparkml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.metrics.ChunkF1;
import org.rondo.evaluation.metrics.ChunkTags;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.Counted;

/** What rows of right and predicted tags add to the sums of {@link ChunkF1}. */
final class ChunkSums implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final float[] NO_VALUES = {};

  private final double[] sums;

  /**
   * Why the first row that could not be used was not; it goes with the sums, so that no task fails.
   */
  private String problem;

  private ChunkSums(int size) {
    sums = new double[size];
  }

  /** All tags that occur. */
  static List<String> tags(Iterator<Row> rows) {
    var tags = new TreeSet<String>();
    while (rows.hasNext()) {
      Row row = rows.next();
      tags.addAll(row.getList(0));
      if (!row.isNullAt(1)) {
        tags.addAll(row.getList(1));
      }
    }
    return new ArrayList<>(tags);
  }

  /**
   * The sums of some rows.
   *
   * @param classes all tags, sorted
   */
  static ChunkSums of(Iterator<Row> rows, List<String> classes) {
    var metric = new ChunkF1(classes);
    var all = new ChunkSums(metric.sums());
    while (rows.hasNext() && all.problem == null) {
      all.add(rows.next(), metric, classes);
    }
    return all;
  }

  private void add(Row row, ChunkF1 metric, List<String> classes) {
    List<String> right = row.getList(0);
    List<String> predicted = row.isNullAt(1) ? null : row.getList(1);
    if (predicted != null && predicted.size() != right.size()) {
      problem =
          String.format(
              Locale.ROOT,
              "evaluation: a row has %s and %s: %s, %s",
              Counted.of(right.size(), "tag"),
              Counted.of(predicted.size(), "prediction"),
              right,
              predicted);
      return;
    }
    int[] targets = classes(right, classes);
    int[] found = new int[targets.length];
    Arrays.fill(found, ChunkTags.OUTSIDE);
    metric.add(
        new Predictions(
            targets,
            predicted == null ? found : classes(predicted, classes),
            0,
            NO_VALUES,
            NO_VALUES),
        sums);
  }

  /**
   * Adds them, whole numbers whose order does not matter.
   *
   * @throws IngestException if a row has another number of predictions than of tags
   */
  void addTo(double[] total) {
    if (problem != null) {
      throw new IngestException(problem);
    }
    for (int i = 0; i < sums.length; i++) {
      total[i] += sums[i];
    }
  }

  private static int[] classes(List<String> tags, List<String> classes) {
    return tags.stream().mapToInt(tag -> Collections.binarySearch(classes, tag)).toArray();
  }
}
