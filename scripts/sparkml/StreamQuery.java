import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.rondo.sparkml.RnnRegressionModel;

/**
 * Scores the events of {@link StreamEvents}, a file in each micro-batch, to files of JSON in {@code
 * NAME}, and goes on where an earlier process of that name stopped. Prints a line for each
 * micro-batch: its number, rows per second, keys that have a state, bytes of the states in memory,
 * separated by tabs.
 *
 * <p>Arguments: the folder, the name, the class of the state store.
 */
public final class StreamQuery {
  private StreamQuery() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path out = folder.resolve(arguments[1]);
    SparkSession spark = Texts.session("local[2]", folder);
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    spark.conf().set("spark.sql.streaming.numRecentProgressUpdates", "10000");
    spark.conf().set("spark.sql.streaming.stateStore.providerClass", arguments[2]);
    RnnRegressionModel model = RnnRegressionModel.load(folder.resolve("model").toString());
    Dataset<Row> events =
        spark
            .readStream()
            .schema("key LONG, step LONG, value ARRAY<DOUBLE>")
            .option("maxFilesPerTrigger", 1)
            .json(folder.resolve("events").toString());
    StreamingQuery query =
        model
            .scoreStream(events, "key", "step")
            .writeStream()
            .format("json")
            .outputMode("append")
            .option("path", out.resolve("scores").toString())
            .option("checkpointLocation", out.resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    for (StreamingQueryProgress progress : query.recentProgress()) {
      if (progress.numInputRows() > 0) {
        System.out.printf(
            "%d\t%.1f\t%d\t%d%n",
            progress.batchId(),
            progress.processedRowsPerSecond(),
            progress.stateOperators()[0].numRowsTotal(),
            progress.stateOperators()[0].memoryUsedBytes());
      }
    }
    spark.stop();
  }
}
