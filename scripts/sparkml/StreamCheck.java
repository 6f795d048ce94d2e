import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.sparkml.RnnRegressionModel;

/**
 * Compares what {@link StreamQuery} wrote with the scores of the same events as a table: every
 * event must be there once, with a score that is bit-identical. Prints the number of events.
 *
 * <p>Arguments: the folder, the name.
 */
public final class StreamCheck {
  private StreamCheck() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    SparkSession spark = Texts.session("local[2]", folder);
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    RnnRegressionModel model = RnnRegressionModel.load(folder.resolve("model").toString());
    Dataset<Row> events =
        spark
            .read()
            .schema("key LONG, step LONG, value ARRAY<DOUBLE>")
            .json(folder.resolve("events").toString());
    Map<String, Long> expected = scores(model.scoreStream(events, "key", "step"));
    Dataset<Row> streamed =
        spark
            .read()
            .schema("key LONG, step LONG, prediction DOUBLE")
            .json(folder.resolve(arguments[1]).resolve("scores").toString());
    Map<String, Long> found = scores(streamed);
    if (!found.equals(expected)) {
      throw new IllegalStateException(
          "of "
              + expected.size()
              + " events the stream scored "
              + found.size()
              + ", or others, or otherwise");
    }
    System.out.println(found.size());
    spark.stop();
  }

  /** The bits of each event's score. */
  private static Map<String, Long> scores(Dataset<Row> rows) {
    var scores = new HashMap<String, Long>();
    for (Row row : rows.select("key", "step", "prediction").collectAsList()) {
      String event = row.getLong(0) + " " + row.getLong(1);
      if (scores.put(event, Double.doubleToLongBits(row.getDouble(2))) != null) {
        throw new IllegalStateException("an event was scored twice: " + event);
      }
    }
    return scores;
  }
}
