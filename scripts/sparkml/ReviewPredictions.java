import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Loads a model that {@link ReviewPipeline} saved, or its twin in Scala, and prints the SHA-256 of
 * its predictions of the test, in the order of ids, and their accuracy, separated by a tab. Fails
 * if the plan of the predictions exchanges rows.
 *
 * <p>Arguments: the folder that {@link ReviewRows} wrote, the model's.
 */
public final class ReviewPredictions {
  private ReviewPredictions() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    SparkSession spark = Texts.session("local[2]", folder);
    Dataset<Row> test = spark.read().parquet(folder.resolve("test").toString());
    Dataset<Row> predicted =
        CrossValidatorModel.load(arguments[1])
            .transform(test)
            .select("id", "label", "prediction", "probability");
    String plan = predicted.queryExecution().executedPlan().toString();
    if (plan.contains("Exchange")) {
      throw new IllegalStateException("transform exchanges rows:\n" + plan);
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Row row : predicted.orderBy("id").collectAsList()) {
      digest.update(row.mkString("\t").getBytes(StandardCharsets.UTF_8));
    }
    double accuracy =
        new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predicted);
    System.out.printf("%s\t%.4f%n", HexFormat.of().formatHex(digest.digest()), accuracy);
    spark.stop();
  }
}
