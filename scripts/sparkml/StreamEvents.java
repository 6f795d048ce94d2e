import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.sparkml.RnnRegressor;

/**
 * Makes {@code events}, files of JSON in the order of time, and {@code model}, which foretells the
 * next value of a series.
 *
 * <p>Arguments: the folder, the number of keys, of events and of files.
 */
public final class StreamEvents {
  /** Waves of lengths that the keys have, with noise. */
  private static final String VALUE =
      "sin(step * (3 + pmod(key, 7)) / 20D) + pmod(hash(key, step), 1000) / 5000D";

  private static final int SECOND = 1000;

  private StreamEvents() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long keys = Long.parseLong(arguments[1]);
    long events = Long.parseLong(arguments[2]);
    SparkSession spark = Texts.session("local[2]", folder);
    spark
        .range(0, events, 1, Integer.parseInt(arguments[3]))
        .selectExpr("id % " + keys + " AS key", "id DIV " + keys + " AS step")
        .selectExpr("key", "step", "array(" + VALUE + ") AS value")
        .write()
        .json(folder.resolve("events").toString());
    orderInTime(folder.resolve("events"));
    Dataset<Row> windows =
        spark
            .range(0, 400, 1, 2)
            .selectExpr("id AS key", "transform(sequence(0, 20), step -> " + VALUE + ") AS all")
            .selectExpr("slice(all, 1, 20) AS value", "element_at(all, 21) AS label");
    new RnnRegressor()
        .setFeaturesCol("value")
        .setHiddenSize(32)
        .setNumLayers(1)
        .setMaxIter(2)
        .fit(windows)
        .save(folder.resolve("model").toString());
    spark.stop();
  }

  /** A stream reads the oldest file first. */
  private static void orderInTime(Path folder) throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.filter(file -> file.getFileName().toString().startsWith("part-")).sorted().toList();
      long now = System.currentTimeMillis();
      for (int i = 0; i < files.size(); i++) {
        long time = now - (long) (files.size() - i) * SECOND;
        if (!files.get(i).toFile().setLastModified(time)) {
          throw new IllegalStateException("cannot set the time of " + files.get(i));
        }
      }
    }
  }
}
