import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.sparkml.RnnClassifierModel;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.Task;
import org.rondo.training.checkpoint.Checkpoint;

/**
 * Rows per second of transform on one task, from rows that Spark holds in memory to nowhere,
 * against a plain loop over the network that has the texts in an array. Both take turns; prints the
 * medians and their ratio as a row of a table.
 *
 * <p>The last column is the ratio of the CPU time of the process, which says more than the clock where
 * the machine is busy.
 *
 * <p>Arguments: SHORT or LONG, the number of rows, how often each is timed, a folder for what is
 * written.
 */
public final class TransformSpeed {
  private static final int WINDOW = 1024;

  private TransformSpeed() {}

  public static void main(String[] arguments) {
    SpeedRows kind = SpeedRows.valueOf(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    int times = Integer.parseInt(arguments[2]);
    Path scratch = Path.of(arguments[3]);
    SparkSession spark = Texts.session("local[1]", scratch);
    RnnClassifierModel model = kind.model(spark, scratch);
    Dataset<Row> rows = kind.texts(spark, count, 1).cache();
    String[] texts =
        rows.select("text").collectAsList().stream()
            .map(row -> row.getString(0))
            .toArray(String[]::new);
    var loops = new Cost[times];
    var transforms = new Cost[times];
    for (int time = -1; time < times; time++) { // the first of each is not counted
      Cost loop = Cost.of(() -> loop(spark, scratch, kind, texts));
      Cost transform =
          Cost.of(() -> model.transform(rows).write().format("noop").mode("overwrite").save());
      if (time >= 0) {
        loops[time] = loop;
        transforms[time] = transform;
      }
    }
    double loop = median(loops, Cost::seconds);
    double transform = median(transforms, Cost::seconds);
    System.out.printf(
        "| %s | %,d | %,.0f | %,.0f | %.3f | %.3f |%n",
        kind.name().toLowerCase(Locale.ROOT),
        count,
        count / loop,
        count / transform,
        loop / transform,
        median(loops, Cost::cpu) / median(transforms, Cost::cpu));
    spark.stop();
  }

  private static void loop(SparkSession spark, Path scratch, SpeedRows kind, String[] texts) {
    Checkpoint checkpoint =
        Checkpoint.open(
            SpeedRows.checkpoint(scratch, kind), spark.sparkContext().hadoopConfiguration());
    Features features = Task.ALL.named("classification").features(checkpoint.text(Features.FILE));
    double sum = 0;
    try (var predictor =
        new Predictor(
            features,
            checkpoint.network(),
            checkpoint.parameters(),
            Kernels.best(),
            ElementType.FLOAT32)) {
      for (int from = 0; from < texts.length; from += WINDOW) {
        List<Example> window = new ArrayList<>();
        for (int i = from; i < Math.min(texts.length, from + WINDOW); i++) {
          window.add(new Example("", Map.of("text", texts[i])));
        }
        for (var prediction : predictor.predict(window)) {
          sum += ((double[]) prediction.values().get("probabilities"))[0];
        }
      }
    }
    if (!(sum > 0)) {
      throw new IllegalStateException("no probability");
    }
  }

  /** What some work took, in seconds. */
  private record Cost(double seconds, double cpu) {
    static Cost of(Runnable work) {
      var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long start = System.nanoTime();
      long cpu = process.getProcessCpuTime();
      work.run();
      return new Cost(
          (System.nanoTime() - start) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
    }
  }

  private static double median(Cost[] costs, ToDoubleFunction<Cost> part) {
    double[] sorted = Arrays.stream(costs).mapToDouble(part).sorted().toArray();
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }
}
