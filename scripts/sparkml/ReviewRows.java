import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes {@code train} and {@code test} as Parquet: columns id, text and label (0 or 1), in a few
 * files each.
 *
 * <p>Arguments: a folder of imdb.train.tsv.bz2 and imdb.test.tsv.bz2 (label, id, rating and text
 * between tabs), or {@code made} for short texts that are made; how many rows train, half of each
 * label; the folder to write to.
 */
public final class ReviewRows {
  private static final int SHARE_OF_TEST = 5;

  private ReviewRows() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[1]);
    Path out = Path.of(arguments[2]);
    SparkSession spark = Texts.session("local[2]", out);
    boolean made = arguments[0].equals("made");
    for (String split : new String[] {"train", "test"}) {
      Dataset<Row> rows =
          made ? texts(spark) : reviews(spark, Path.of(arguments[0], "imdb." + split + ".tsv.bz2"));
      int most = split.equals("train") ? count : count / SHARE_OF_TEST;
      chosen(rows, most, split)
          .repartition(made ? 1 : 4)
          .sortWithinPartitions("id")
          .write()
          .parquet(out.resolve(split).toString());
    }
    spark.stop();
  }

  private static Dataset<Row> reviews(SparkSession spark, Path file) {
    return spark
        .read()
        .option("sep", "\t")
        .option("quote", "")
        .schema("label STRING, id STRING, rating STRING, text STRING")
        .csv(file.toString())
        .selectExpr("concat(label, ' ', id) AS id", "text", "if(label = 'pos', 1D, 0D) AS label");
  }

  /** Common words, and one that tells the label. */
  private static Dataset<Row> texts(SparkSession spark) {
    String words =
        "transform(sequence(1, 3 + pmod(hash(id), 6)), w -> element_at(split('the film was seen by us twice and', ' '), 1 + pmod(hash(id, w), 8)))";
    String sign =
        "element_at(split(if(id % 2 = 0, 'bad awful dull', 'good fine lovely'), ' '), 1 + pmod(hash(id), 3))";
    return spark
        .range(0, 1000, 1, 1)
        .selectExpr(
            "CAST(id AS STRING) AS id",
            "concat_ws(' ', " + words + ", " + sign + ") AS text",
            "CAST(id % 2 AS DOUBLE) AS label");
  }

  /** As many of each label, by a hash: others in the test than in training. */
  private static Dataset<Row> chosen(Dataset<Row> rows, int count, String split) {
    String order = split.equals("train") ? "" : " DESC";
    return rows.withColumn(
            "rank",
            expr("row_number() OVER (PARTITION BY label ORDER BY xxhash64(id)" + order + ", id)"))
        .filter("rank <= " + count / 2)
        .drop("rank");
  }
}
