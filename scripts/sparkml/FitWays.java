import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.sparkml.RnnClassifierModel;

/**
 * Fits the same texts in the ways that one master allows, and prints a line for each, separated by
 * tabs: the way, the SHA-256 of the parameters, seconds. The model of the last fit stays in {@code
 * SCRATCH/model}.
 *
 * <p>Arguments: the master, the folder of the texts, a folder for what is written.
 */
public final class FitWays {
  private final Texts texts;
  private final String master;
  private RnnClassifierModel last;

  private FitWays(Texts texts, String master) {
    this.texts = texts;
    this.master = master.replaceFirst("local-cluster.*", "two executors");
  }

  public static void main(String[] arguments) throws Exception {
    Path scratch = Path.of(arguments[2]);
    var texts = new Texts(arguments[0], Path.of(arguments[1]), scratch);
    var ways = new FitWays(texts, arguments[0]);
    if (arguments[0].startsWith("local-cluster")) {
      ways.onExecutors();
    } else if (arguments[0].equals("local[1]")) {
      ways.onOneThread();
    } else {
      ways.onThreads();
    }
    ways.last.write().overwrite().save(scratch.resolve("model").toString());
    texts.spark.stop();
  }

  private void onOneThread() {
    fit("csv, a file", texts.read("csv", 1));
    fit("parquet, 7 files", texts.read("parquet", 7));
  }

  private void onThreads() {
    Dataset<Row> csv = texts.read("csv", 1);
    fit("csv, 7 files, coalesced to a partition", texts.read("csv", 7).coalesce(1));
    fit("2 partitions", csv.repartition(2));
    fit("7 partitions", csv.repartition(7));
    fit("partitioned by a column", csv.repartition(5, csv.col("label")));
    fit("sorted by a column", csv.orderBy("text"));
    Dataset<Row> cached = texts.read("json", 7).cache();
    fit("json, 7 files, cached", cached);
    cached.unpersist();
    texts.spark.conf().set("spark.sql.adaptive.enabled", false);
    fit("adaptive plans off", csv.repartition(csv.col("text")));
    texts.spark.conf().set("spark.sql.adaptive.enabled", true);
    fit("json, 2 files", texts.read("json", 2));
    texts.spark.conf().set("spark.sql.files.minPartitionNum", 7);
    fit("parquet, 7 files in as many partitions", texts.read("parquet", 7));
  }

  private void onExecutors() throws Exception {
    var counted = new ExecutorKiller(texts.spark, Integer.MAX_VALUE);
    fit("parquet, 7 files", texts.read("parquet", 7));
    var killer = new ExecutorKiller(texts.spark, counted.finish() / 2);
    fit("parquet, 7 files, one killed", texts.read("parquet", 7));
    int after = killer.jobsAfterLoss();
    if (after == 0) {
      throw new IllegalStateException("no executor was lost while the fit went on");
    }
    System.err.printf("an executor was killed, and %d jobs followed its loss%n", after);
  }

  private void fit(String way, Dataset<Row> rows) {
    long start = System.nanoTime();
    last = Texts.classifier().fit(rows);
    System.out.printf(
        "%s, %s\t%s\t%d%n",
        way,
        master,
        last.summary().parametersSha256(),
        (System.nanoTime() - start) / 1_000_000_000);
  }
}
