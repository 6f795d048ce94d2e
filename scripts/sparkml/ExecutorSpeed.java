import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.sparkml.RnnClassifierModel;

/**
 * Prints the rows per second of transform over texts that the executors hold in memory, the median
 * of some times after one that is not counted.
 *
 * <p>Arguments: the master, the number of rows, how often it is timed, a folder for what is
 * written.
 */
public final class ExecutorSpeed {
  private static final int PARTITIONS = 8;

  private ExecutorSpeed() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[1]);
    int times = Integer.parseInt(arguments[2]);
    Path scratch = Path.of(arguments[3]);
    SparkSession spark = Texts.session(arguments[0], scratch);
    RnnClassifierModel model = SpeedRows.LONG.model(spark, scratch);
    Dataset<Row> rows = SpeedRows.LONG.texts(spark, count, PARTITIONS).cache();
    rows.count();
    var speeds = new double[times];
    for (int time = -1; time < times; time++) {
      long start = System.nanoTime();
      model.transform(rows).write().format("noop").mode("overwrite").save();
      if (time >= 0) {
        speeds[time] = count / ((System.nanoTime() - start) / 1e9);
      }
    }
    java.util.Arrays.sort(speeds);
    System.out.printf("%.1f%n", speeds[times / 2]);
    spark.stop();
  }
}
