package org.rondo.frames.anomalies;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.rondo.evaluation.anomalies.Interval;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.windows.StepColumns;
import org.rondo.ingest.IngestException;

/** The scores of one series, step by step, with their labels where the table has some. */
public final class ScoredSeries implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Set<String> NO = Set.of("0", "0.0", "false", "no", "");

  private final String name;
  private final double[] scores;
  private final boolean[] labels;

  private ScoredSeries(String name, double[] scores, boolean[] labels) {
    this.name = name;
    this.scores = scores;
    this.labels = labels;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Scores of its steps in the order of time; not to be modified. */
  public double[] scores() {
    return scores;
  }

  /** Runs of labelled steps. */
  public List<Interval> labelled() {
    return Interval.runs(labels);
  }

  /**
   * Those of scored steps, which lie by series and time. Their scores come to the driver, 9 bytes
   * for each step.
   *
   * @param label column that is 1 or true at anomalies and 0, false or empty elsewhere; empty for
   *     none
   * @throws IngestException if a label is another
   */
  public static List<ScoredSeries> of(Dataset<Row> steps, String label) {
    Column labels =
        label.isEmpty()
            ? functions.lit("0")
            : functions.coalesce(
                steps.col(ColumnNames.quoted(label)).cast(DataTypes.StringType), functions.lit(""));
    JavaRDD<ScoredSeries> series =
        steps
            .select(steps.col(StepColumns.SERIES), functions.col("outlierScore"), labels)
            .filter(functions.col("outlierScore").isNotNull())
            .toJavaRDD()
            .mapPartitions(part -> new Groups(part, label));
    return series.collect();
  }

  private static final class Groups implements Iterator<ScoredSeries> {
    private final Iterator<Row> rows;
    private final String column;
    private Row next;

    Groups(Iterator<Row> rows, String column) {
      this.rows = rows;
      this.column = column;
      next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public ScoredSeries next() {
      if (next == null) {
        throw new NoSuchElementException("after the last series");
      }
      String name = next.getString(0);
      var scores = new ArrayList<Double>();
      var labels = new ArrayList<Boolean>();
      while (next != null && next.getString(0).equals(name)) {
        scores.add(next.getDouble(1));
        labels.add(isAnomaly(next.getString(2)));
        next = rows.hasNext() ? rows.next() : null;
      }
      var flags = new boolean[labels.size()];
      for (int i = 0; i < flags.length; i++) {
        flags[i] = labels.get(i);
      }
      return new ScoredSeries(name, scores.stream().mapToDouble(s -> s).toArray(), flags);
    }

    private boolean isAnomaly(String label) {
      String word = label.strip().toLowerCase(Locale.ROOT);
      if (!StepColumns.MARKED.contains(word) && !NO.contains(word)) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "data: column %s holds \"%s\"; a label is 1 or true at anomalies, else 0 or false",
                column,
                word));
      }
      return StepColumns.MARKED.contains(word);
    }
  }
}
