package org.rondo.frames;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.rondo.kernels.CounterRandom;

/** Rows of short texts with a label and a number, of which some are equal. */
public final class Reviews {
  private static final String[] WORDS = {"good", "bad", "dull", "fine", "long", "film", "a", "the"};

  private Reviews() {}

  /** So many rows; every tenth is the one before it once more. */
  public static List<Row> rows(int count) {
    CounterRandom random = CounterRandom.of(5);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      if (i % 10 == 9) {
        rows.add(rows.get(i - 1));
        continue;
      }
      var text = new StringBuilder("w" + i % 17);
      int words = 1 + (int) (random.uniform(3L * i) * 12);
      for (int w = 0; w < words; w++) {
        text.append(' ').append(WORDS[(int) (random.uniform(1000L + 13L * i + w) * WORDS.length)]);
      }
      double weight = 1 + random.uniform(500_000L + i);
      rows.add(RowFactory.create(text.toString(), (long) (i % 3), weight, i));
    }
    return rows;
  }

  /** The columns {@code text}, {@code label}, {@code weight} and {@code number}. */
  public static Dataset<Row> frame(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(
        rows, StructType.fromDDL("text STRING, label LONG, weight DOUBLE, number INT"));
  }

  /** A file of csv, written without Spark. */
  public static String csv(List<Row> rows) {
    var text = new StringBuilder("text,label,weight,number\n");
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT, "%s,%s,%s,%s\n", row.get(0), row.get(1), row.get(2), row.get(3)));
    }
    return text.toString();
  }
}
