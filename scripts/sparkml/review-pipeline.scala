// ReviewPipeline.java for Spark's shell: REVIEWS and MODEL of the environment are its arguments.
import org.apache.spark.ml.Pipeline
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator
import org.apache.spark.ml.feature.{RegexTokenizer, SQLTransformer}
import org.apache.spark.ml.tuning.{CrossValidator, ParamGridBuilder}
import org.rondo.sparkml.RnnClassifier

sc.setLogLevel("ERROR")
sc.setCheckpointDir(sys.env("REVIEWS"))
val train = spark.read.parquet(sys.env("REVIEWS") + "/train")
val words = new RegexTokenizer().setInputCol("text").setOutputCol("words").setPattern("[^\\p{L}']+")
val cut = new SQLTransformer().setStatement("SELECT *, slice(words, 1, 200) AS tokens FROM __THIS__")
val classifier = new RnnClassifier()
  .setFeaturesCol("tokens").setNumLayers(1).setMinCount(3).setPooling("mean")
  .setMaxIter(3).setNumWorkers(2).setSyncEvery(10).setSeed(1)
val grid = new ParamGridBuilder()
  .addGrid(classifier.hiddenSize, Array(16, 32)).addGrid(classifier.learningRate, Array(0.003, 0.01)).build()
val model = new CrossValidator()
  .setEstimator(new Pipeline().setStages(Array(words, cut, classifier)))
  .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
  .setEstimatorParamMaps(grid).setNumFolds(3).setParallelism(2).setSeed(1)
  .fit(train)
for ((params, accuracy) <- grid.zip(model.avgMetrics))
  println(f"| ${params(classifier.hiddenSize)} | ${params(classifier.learningRate)} | $accuracy%.4f |")
model.save(sys.env("MODEL"))
