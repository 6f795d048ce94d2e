import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.sparkml.RnnClassifier;

/** What the checks of Spark ML share: a session, the texts that it reads, and what learns them. */
final class Texts {
  private static final String SCHEMA = "number INT, text STRING, label STRING";

  final SparkSession spark;
  private final Path folder;

  /**
   * @param folder that holds FORMAT-N, the same texts in N files, as RowFiles writes them
   * @param scratch that the driver and all executors reach
   */
  Texts(String master, Path folder, Path scratch) {
    spark = session(master, scratch);
    this.folder = folder;
  }

  /** As a user's program starts one. */
  static SparkSession session(String master, Path scratch) {
    var conf = new SparkConf();
    conf.setMaster(master);
    conf.setAppName("texts");
    conf.set("spark.ui.enabled", "false");
    conf.set("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString());
    // A heap that is resident from the start, as the driver's in common.sh.
    conf.set(
        "spark.executor.extraJavaOptions",
        "--add-modules=jdk.incubator.vector -Xms1g -XX:+AlwaysPreTouch -XX:+UseParallelGC");
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    spark.sparkContext().setCheckpointDir(scratch.toUri().toString());
    return spark;
  }

  /** Columns number, text and label. */
  Dataset<Row> read(String format, int files) {
    return spark
        .read()
        .format(format)
        .schema(SCHEMA)
        .option("header", true)
        .option("nullValue", "none") // a text may be empty
        .load(folder.resolve(format + "-" + files).toString());
  }

  static RnnClassifier classifier() {
    return new RnnClassifier()
        .setFeaturesCol("text")
        .setHiddenSize(16)
        .setNumLayers(1)
        .setBidirectional(true)
        .setDropout(0.2)
        .setMaxIter(6)
        .setBatchSize(16)
        .setNumWorkers(2)
        .setSyncEvery(5)
        .setLearningRate(0.01)
        .setSeed(3);
  }
}
