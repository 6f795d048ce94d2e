import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.sparkml.RnnClassifier;

/**
 * Chooses two Params of a classifier in a pipeline by cross-validation, saves what was chosen, and
 * prints the accuracy of each choice, as rows of a table. The same in Scala: review-pipeline.scala.
 *
 * <p>Arguments: the folder that {@link ReviewRows} wrote, the folder for the model.
 */
public final class ReviewPipeline {
  private ReviewPipeline() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    SparkSession spark = Texts.session("local[2]", folder);
    Dataset<Row> train = spark.read().parquet(folder.resolve("train").toString());
    var words =
        new RegexTokenizer().setInputCol("text").setOutputCol("words").setPattern("[^\\p{L}']+");
    var cut =
        new SQLTransformer().setStatement("SELECT *, slice(words, 1, 200) AS tokens FROM __THIS__");
    var classifier =
        new RnnClassifier()
            .setFeaturesCol("tokens")
            .setNumLayers(1)
            .setMinCount(3)
            .setPooling("mean")
            .setMaxIter(3)
            .setNumWorkers(2)
            .setSyncEvery(10)
            .setSeed(1);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.hiddenSize(), new int[] {16, 32})
            .addGrid(classifier.learningRate(), new double[] {0.003, 0.01})
            .build();
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(new Pipeline().setStages(new PipelineStage[] {words, cut, classifier}))
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(3)
            .setParallelism(2)
            .setSeed(1)
            .fit(train);
    for (int i = 0; i < grid.length; i++) {
      System.out.printf(
          "| %s | %s | %.4f |%n",
          grid[i].apply(classifier.hiddenSize()),
          grid[i].apply(classifier.learningRate()),
          model.avgMetrics()[i]);
    }
    model.save(arguments[1]);
    spark.stop();
  }
}
