package org.rondo.cli.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.evaluation.texts.TextScore;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.FramePredictor;
import org.rondo.frames.predict.TextScores;
import org.rondo.frames.sources.FrameSource;
import org.rondo.runs.Plans;
import org.rondo.runs.RowModel;
import org.rondo.runs.ScoreFigures;
import org.rondo.tasks.TextComparison;
import org.rondo.training.checkpoint.Checkpoint;

/**
 * Scores of the texts that a network writes for the rows of a split, as {@code rondo predict}
 * writes them, against those of the rows. The metrics of training compare ids instead, which lack
 * the words that no vocabulary knows.
 */
public final class EvaluatedTexts {
  private EvaluatedTexts() {}

  /**
   * The figures by name; empty where the task writes no texts, or the split is cut from other rows.
   */
  public static Optional<Map<String, Object>> of(
      Plans plans, Checkpoint trained, SparkSession spark, String split) {
    RowModel model = RowModel.of(plans, trained);
    FrameModel frames = model.ofFrames();
    Optional<TextComparison> texts = frames.features().texts();
    String path = model.rows().frames().splits().texts().get(split);
    if (texts.isEmpty() || path == null) {
      return Optional.empty();
    }
    Dataset<Row> rows = new FrameSource(spark, model.rows().source()).read(path);
    try (var predictor = new FramePredictor(spark, frames, model.parameters())) {
      return Optional.of(figures(predictor.predict(rows), frames, texts.get()));
    }
  }

  private static Map<String, Object> figures(
      Dataset<Row> predicted, FrameModel frames, TextComparison texts) {
    String reference = frames.columns().getOrDefault(texts.reference(), texts.reference());
    List<double[]> sums = TextScores.sums(predicted, reference, texts.prediction(), texts.scores());
    var figures = new LinkedHashMap<String, Object>();
    for (int i = 0; i < sums.size(); i++) {
      TextScore score = texts.scores().get(i);
      ScoreFigures.put(figures, score.name(), score.value(sums.get(i)));
      figures.put(score.name() + "_signature", score.signature());
      Map<String, Double> details = score.details(sums.get(i));
      if (!details.isEmpty()) {
        figures.put(score.name() + "_details", details);
      }
    }
    return figures;
  }
}
