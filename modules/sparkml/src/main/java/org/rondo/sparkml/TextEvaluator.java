package org.rondo.sparkml;

import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.rondo.evaluation.texts.Bleu;
import org.rondo.evaluation.texts.Chrf;
import org.rondo.evaluation.texts.TextScore;
import org.rondo.frames.predict.TextScores;
import org.rondo.sparkml.params.RnnParams;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * How near written texts are to the right ones, such as translations: {@code bleu} or {@code chrf}
 * by the definition of sacreBLEU, from 0 to 100. A row without a prediction counts as an empty one.
 */
public final class TextEvaluator extends Evaluator
    implements RnnParams<TextEvaluator>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public TextEvaluator() {
    this(Identifiable$.MODULE$.randomUID("textEvaluator"));
  }

  public TextEvaluator(String uid) {
    this.uid = uid;
    setDefault(labelCol(), "label");
    setDefault(predictionCol(), "prediction");
    setDefault(metricName(), "bleu");
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of the right texts. */
  public Param<String> labelCol() {
    return new Param<>(this, "labelCol", "column of the right texts");
  }

  /** Column of the written texts. */
  public Param<String> predictionCol() {
    return new Param<>(this, "predictionCol", "column of the written texts");
  }

  /** What is measured. */
  public Param<String> metricName() {
    return new Param<>(
        this, "metricName", "bleu or chrf", ParamValidators.inArray(List.of("bleu", "chrf")));
  }

  public TextEvaluator setLabelCol(String value) {
    return with(labelCol(), value);
  }

  public String getLabelCol() {
    return getOrDefault(labelCol());
  }

  public TextEvaluator setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  public String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  public TextEvaluator setMetricName(String value) {
    return with(metricName(), value);
  }

  public String getMetricName() {
    return getOrDefault(metricName());
  }

  /** What is computed, in the form in which sacreBLEU writes it. */
  public String signature() {
    return score().signature();
  }

  private TextScore score() {
    return getMetricName().equals("bleu") ? new Bleu() : new Chrf();
  }

  /** The metric over all rows that have a label. */
  @Override
  public double evaluate(Dataset<?> rows) {
    String label = getLabelCol();
    String prediction = getPredictionCol();
    SchemaCheck.text(rows.schema(), "labelCol", label);
    SchemaCheck.text(rows.schema(), "predictionCol", prediction);
    TextScore score = score();
    return score.value(TextScores.sums(rows.toDF(), label, prediction, List.of(score)).get(0));
  }

  @Override
  public boolean isLargerBetter() {
    return true;
  }

  @Override
  public TextEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<TextEvaluator> read() {
    return new DefaultParamsReader<>();
  }

  public static TextEvaluator load(String path) {
    return read().load(path);
  }
}
