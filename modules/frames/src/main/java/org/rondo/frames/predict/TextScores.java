package org.rondo.frames.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.evaluation.texts.TextScore;
import org.rondo.frames.ColumnNames;

/** Scores of the texts in one column against those in another. */
public final class TextScores {
  private TextScores() {}

  /**
   * The sums of each score over all rows that have a reference; a missing prediction is an empty
   * text. References may be numbers, which are read as texts. Runs a job.
   */
  public static List<double[]> sums(
      Dataset<Row> rows, String reference, String prediction, List<TextScore> scores) {
    List<TextScore> all = new ArrayList<>(scores); // restored by any serializer
    JavaRDD<double[][]> parts =
        rows.filter(ColumnNames.quoted(reference) + " IS NOT NULL")
            .select(
                rows.col(ColumnNames.quoted(reference)).cast("string"),
                rows.col(ColumnNames.quoted(prediction)))
            .toJavaRDD()
            .mapPartitions(part -> Collections.singleton(of(part, all)).iterator());
    double[][] sums = empty(all);
    for (double[][] part : parts.collect()) {
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < sums[i].length; j++) {
          sums[i][j] += part[i][j]; // whole numbers: their order does not matter
        }
      }
    }
    return Arrays.asList(sums);
  }

  private static double[][] empty(List<TextScore> scores) {
    return scores.stream().map(score -> new double[score.sums()]).toArray(double[][]::new);
  }

  private static double[][] of(Iterator<Row> rows, List<TextScore> scores) {
    double[][] sums = empty(scores);
    while (rows.hasNext()) {
      Row row = rows.next();
      for (int i = 0; i < sums.length; i++) {
        scores.get(i).add(row.isNullAt(1) ? "" : row.getString(1), row.getString(0), sums[i]);
      }
    }
    return sums;
  }
}
