package org.rondo.sparkml;

import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.evaluation.metrics.ChunkF1;
import org.rondo.frames.ColumnNames;
import org.rondo.ingest.IngestException;
import org.rondo.sparkml.params.RnnParams;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * How many of the chunks that tags mark are found, such as names: {@code f1}, {@code precision} and
 * {@code recall} by the definition of conlleval, and the {@code accuracy} of single tags. A row
 * without predictions counts as one in which nothing was found.
 */
public final class ChunkEvaluator extends Evaluator
    implements RnnParams<ChunkEvaluator>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public ChunkEvaluator() {
    this(Identifiable$.MODULE$.randomUID("chunkEvaluator"));
  }

  public ChunkEvaluator(String uid) {
    this.uid = uid;
    setDefault(labelCol(), "label");
    setDefault(predictionCol(), "prediction");
    setDefault(metricName(), "f1");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of the right tags. */
  public Param<String> labelCol() {
    return new Param<>(this, "labelCol", "column of the right tags");
  }

  /** Column of the predicted tags. */
  public Param<String> predictionCol() {
    return new Param<>(this, "predictionCol", "column of the predicted tags");
  }

  /** What is measured. */
  public Param<String> metricName() {
    return new Param<>(
        this,
        "metricName",
        "f1, precision or recall of chunks, or accuracy of tags",
        ParamValidators.inArray(List.of("f1", "precision", "recall", "accuracy")));
  }

  public ChunkEvaluator setLabelCol(String value) {
    return with(labelCol(), value);
  }

  public String getLabelCol() {
    return getOrDefault(labelCol());
  }

  public ChunkEvaluator setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  public String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  public ChunkEvaluator setMetricName(String value) {
    return with(metricName(), value);
  }

  public String getMetricName() {
    return getOrDefault(metricName());
  }

  /**
   * The metric over all rows that have a label.
   *
   * @throws IngestException if a row has another number of predictions than of tags
   */
  @Override
  public double evaluate(Dataset<?> rows) {
    String label = getLabelCol();
    String prediction = getPredictionCol();
    SchemaCheck.tokens(rows.schema(), "labelCol", label);
    SchemaCheck.tokens(rows.schema(), "predictionCol", prediction);
    JavaRDD<Row> pairs =
        rows.toDF()
            .select(ColumnNames.quoted(label), ColumnNames.quoted(prediction))
            .filter(ColumnNames.quoted(label) + " IS NOT NULL")
            .toJavaRDD();
    var tags = new TreeSet<String>();
    pairs
        .mapPartitions(part -> List.of(ChunkSums.tags(part)).iterator())
        .collect()
        .forEach(tags::addAll);
    List<String> classes = List.copyOf(tags);
    var metric = new ChunkF1(classes);
    var sums = new double[metric.sums()];
    pairs
        .mapPartitions(part -> List.of(ChunkSums.of(part, classes)).iterator())
        .collect()
        .forEach(each -> each.addTo(sums));
    return switch (getMetricName()) {
      case "f1" -> metric.value(sums);
      case "accuracy" -> metric.details(sums).get("token-accuracy");
      default -> metric.details(sums).get(getMetricName());
    };
  }

  @Override
  public boolean isLargerBetter() {
    return true;
  }

  @Override
  public ChunkEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<ChunkEvaluator> read() {
    return new DefaultParamsReader<>();
  }

  public static ChunkEvaluator load(String path) {
    return read().load(path);
  }
}
