package org.rondo.sparkml;

import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.BooleanParam;
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
import org.rondo.evaluation.texts.TextErrorRate;
import org.rondo.evaluation.texts.TextScore;
import org.rondo.frames.predict.TextScores;
import org.rondo.sparkml.params.LetterParams;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * How near written texts are to the right ones: of translations {@code bleu} or {@code chrf} by the
 * definition of sacreBLEU, from 0 to 100; of transcripts {@code character-error-rate} or {@code
 * word-error-rate}, from 0, the less the better, by default of small letters. A row without a
 * prediction counts as an empty one.
 */
public final class TextEvaluator extends Evaluator
    implements LetterParams<TextEvaluator>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final List<String> METRICS =
      List.of("bleu", "chrf", TextErrorRate.CHARACTERS, TextErrorRate.WORDS);

  private final String uid;

  public TextEvaluator() {
    this(Identifiable$.MODULE$.randomUID("textEvaluator"));
  }

  public TextEvaluator(String uid) {
    this.uid = uid;
    setLetterDefaults();
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
        this,
        "metricName",
        "bleu or chrf, with capitals, or character-error-rate or word-error-rate",
        ParamValidators.inArray(METRICS));
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

  /** Whether error rates are those of small letters. */
  @Override
  public BooleanParam lowercase() {
    return new BooleanParam(
        this, "lowercase", "whether error rates are those of texts in small letters");
  }

  /** What is computed, in the form in which sacreBLEU writes it. */
  public String signature() {
    return score().signature();
  }

  private TextScore score() {
    return switch (getMetricName()) {
      case "bleu" -> new Bleu();
      case "chrf" -> new Chrf();
      case TextErrorRate.WORDS -> new TextErrorRate(TextErrorRate.Unit.WORD, getLowercase());
      default -> new TextErrorRate(TextErrorRate.Unit.CHARACTER, getLowercase());
    };
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
    return !(score() instanceof TextErrorRate);
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
