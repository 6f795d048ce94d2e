package org.rondo.sparkml;

import java.util.ArrayList;
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
final class ChunkSums {
  private static final float[] NO_VALUES = {};

  private ChunkSums() {}

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
   * The sums.
   *
   * @param classes all tags, sorted
   * @throws IngestException if a row has another number of predictions than of tags
   */
  static double[] of(Iterator<Row> rows, List<String> classes) {
    var metric = new ChunkF1(classes);
    var sums = new double[metric.sums()];
    while (rows.hasNext()) {
      Row row = rows.next();
      List<String> right = row.getList(0);
      List<String> predicted = row.isNullAt(1) ? null : row.getList(1);
      if (predicted != null && predicted.size() != right.size()) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "evaluation: a row has %s and %s: %s, %s",
                Counted.of(right.size(), "tag"),
                Counted.of(predicted.size(), "prediction"),
                right,
                predicted));
      }
      int[] targets = classes(right, classes);
      int[] found = new int[targets.length];
      java.util.Arrays.fill(found, ChunkTags.OUTSIDE);
      metric.add(
          new Predictions(
              targets,
              predicted == null ? found : classes(predicted, classes),
              0,
              NO_VALUES,
              NO_VALUES),
          sums);
    }
    return sums;
  }

  private static int[] classes(List<String> tags, List<String> classes) {
    return tags.stream().mapToInt(tag -> Collections.binarySearch(classes, tag)).toArray();
  }
}
