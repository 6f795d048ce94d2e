import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.NGram;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a classifier that knows no order reaches: TF-IDF of words, and of words and pairs of words,
 * under Spark's logistic regression. The strength of the penalty is chosen on a tenth of the
 * training rows; the test rows are looked at once.
 *
 * <p>Arguments: training rows, test rows (tab-separated, without header), column of the label,
 * column of the text.
 */
public class BagOfWords {
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .appName("bag of words")
            .master(System.getProperty("spark.master", "local[2]"))
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 4)
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    Dataset<Row> all = rows(spark, arguments[0], arguments);
    Dataset<Row>[] parts = all.randomSplit(new double[] {0.9, 0.1}, 1);
    Dataset<Row> test = rows(spark, arguments[1], arguments);
    for (boolean pairs : new boolean[] {false, true}) {
      PipelineModel features = features(pairs).fit(parts[0]);
      Dataset<Row> training = features.transform(parts[0]).select("label", "features").cache();
      Dataset<Row> validation = features.transform(parts[1]).select("label", "features").cache();
      double best = 0;
      double penalty = 0;
      for (double candidate : new double[] {0.003, 0.01, 0.03, 0.1}) {
        double accuracy = accuracy(candidate, training, validation);
        System.out.printf(Locale.ROOT, "%s, penalty %s: validation %.4f%n", name(pairs), candidate, accuracy);
        if (accuracy > best) {
          best = accuracy;
          penalty = candidate;
        }
      }
      double accuracy = accuracy(penalty, training, features.transform(test));
      System.out.printf(Locale.ROOT, "%s, penalty %s: test %.4f%n", name(pairs), penalty, accuracy);
      training.unpersist();
      validation.unpersist();
    }
    spark.stop();
  }

  private static String name(boolean pairs) {
    return pairs ? "words and pairs" : "words";
  }

  private static Dataset<Row> rows(SparkSession spark, String path, String[] arguments) {
    return spark
        .read()
        .option("sep", "\t")
        .option("quote", "")
        .option("escape", "")
        .csv(path)
        .selectExpr(arguments[2] + " AS name", arguments[3] + " AS text")
        .repartition(4)
        .cache();
  }

  private static Pipeline features(boolean pairs) {
    StringIndexer label = new StringIndexer().setInputCol("name").setOutputCol("label").setStringOrderType("alphabetAsc");
    RegexTokenizer words =
        new RegexTokenizer().setInputCol("text").setOutputCol("words").setGaps(false).setPattern("\\p{L}+|[!?]");
    CountVectorizer counts = new CountVectorizer().setInputCol("words").setOutputCol("counts").setMinDF(3).setVocabSize(60000).setBinary(true);
    IDF weights = new IDF().setInputCol("counts").setOutputCol(pairs ? "weights" : "features");
    if (!pairs) {
      return new Pipeline().setStages(new PipelineStage[] {label, words, counts, weights});
    }
    NGram two = new NGram().setN(2).setInputCol("words").setOutputCol("two");
    CountVectorizer countsOfTwo =
        new CountVectorizer().setInputCol("two").setOutputCol("countsOfTwo").setMinDF(3).setVocabSize(300000).setBinary(true);
    IDF weightsOfTwo = new IDF().setInputCol("countsOfTwo").setOutputCol("weightsOfTwo");
    VectorAssembler both = new VectorAssembler().setInputCols(new String[] {"weights", "weightsOfTwo"}).setOutputCol("features");
    return new Pipeline()
        .setStages(new PipelineStage[] {label, words, counts, weights, two, countsOfTwo, weightsOfTwo, both});
  }

  private static double accuracy(double penalty, Dataset<Row> training, Dataset<Row> rows) {
    return new MulticlassClassificationEvaluator()
        .setMetricName("accuracy")
        .evaluate(new LogisticRegression().setMaxIter(50).setRegParam(penalty).fit(training).transform(rows));
  }
}
