import java.nio.file.Path;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Predicts short texts in one task, and prints ten times on the way what the process holds, after a
 * garbage collection: resident memory as /proc has it, the heap in use and direct buffers, in MB,
 * as rows of a table.
 *
 * <p>Arguments: the number of rows, a folder for what is written.
 */
public final class TransformMemory {
  private TransformMemory() {}

  public static void main(String[] arguments) {
    long count = Long.parseLong(arguments[0]);
    Path scratch = Path.of(arguments[1]);
    SparkSession spark = Texts.session("local[1]", scratch);
    SpeedRows.SHORT
        .model(spark, scratch)
        .transform(SpeedRows.SHORT.texts(spark, count, 1))
        .foreachPartition(
            (ForeachPartitionFunction<Row>)
                rows -> {
                  for (long n = 1; rows.hasNext(); n++) {
                    rows.next();
                    if (n % (count / 10) == 0) {
                      print(n);
                    }
                  }
                });
    spark.stop();
  }

  private static void print(long rows) throws Exception {
    Footprint here = Footprint.here();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "| %,d | %.0f | %.0f | %.1f |%n",
        rows,
        here.resident() / 1e6,
        (runtime.totalMemory() - runtime.freeMemory()) / 1e6,
        here.buffers() / 1e6);
  }
}
