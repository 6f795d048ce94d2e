import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.sparkml.RnnClassifier;
import org.rondo.sparkml.RnnClassifierModel;

/** Texts of a length, and a model that has read a few of them. */
enum SpeedRows {
  /** 3 to 8 words, 16 units: what is not the network weighs most. */
  SHORT(3, 6, 16),
  /** 100 to 299 words, 128 units, as reviews are. */
  LONG(100, 200, 128);

  private final int least;
  private final int more;
  private final int units;

  SpeedRows(int least, int more, int units) {
    this.least = least;
    this.more = more;
    this.units = units;
  }

  /** Texts made of their numbers, with a label. */
  Dataset<Row> texts(SparkSession spark, long count, int partitions) {
    String words =
        String.format(
            "transform(sequence(1, %d + pmod(hash(id), %d)), w -> concat('w', pmod(hash(id, w), 997)))",
            least, more);
    return spark
        .range(0, count, 1, partitions)
        .selectExpr(
            "id", "array_join(" + words + ", ' ') AS text", "CAST(pmod(id, 2) AS DOUBLE) AS label");
  }

  /** Trained on too few texts to know anything: speed does not depend on that. */
  RnnClassifierModel model(SparkSession spark, Path scratch) {
    String place = scratch.resolve("model-" + this).toString();
    RnnClassifierModel model =
        new RnnClassifier()
            .setFeaturesCol("text")
            .setHiddenSize(units)
            .setNumLayers(1)
            .setMaxIter(1)
            .fit(texts(spark, 400, 2));
    try {
      model.write().overwrite().save(place);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return model;
  }

  /** The checkpoint of the saved model. */
  static org.apache.hadoop.fs.Path checkpoint(Path scratch, SpeedRows kind) {
    return new org.apache.hadoop.fs.Path(
        scratch.resolve("model-" + kind + "/checkpoint").toString());
  }
}
