package org.rondo.tasks.anomaly;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondo.ingest.Split;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.pictures.Picture;
import org.rondo.tasks.stream.EventScorer;
import org.rondo.tasks.stream.KeyEvents;

/**
 * Draws training and validation steps of series with their scores and alarms. What is usual is
 * measured on these steps, as ever; steps of the test are not drawn.
 */
record AnomalyIllustrator(AnomalyFeatures features) implements Illustrator {
  @Override
  public List<String> splits() {
    return List.of(Split.TRAIN, Split.VALIDATION);
  }

  @Override
  public String mark() {
    return AnomalyTask.LABEL;
  }

  @Override
  public List<Picture> draw(Map<String, List<Example>> rows, LearnedNetwork network) {
    var series = new LinkedHashMap<String, DrawnSeries>();
    for (String split : splits()) {
      for (Example piece : rows.getOrDefault(split, List.of())) {
        series
            .computeIfAbsent(piece.text(WindowPlan.ID), id -> new DrawnSeries(features))
            .add(piece);
      }
    }
    var usual = new HashMap<String, Calibration>();
    try (var measure =
        new ErrorMeasure(
            features,
            network.spec(),
            network.parameters(),
            network.kernels(),
            network.precision())) {
      series.forEach(
          (id, each) -> {
            double[][] errors = errors(measure, each);
            if (errors.length > 0) {
              usual.put(id, features.calibration(errors));
            }
          });
    }
    series.keySet().retainAll(usual.keySet());
    var pictures = new ArrayList<Picture>();
    if (!series.isEmpty()) {
      AnomalyFeatures known = features.calibrated(usual);
      try (var scorer =
          new EventScorer(
              known,
              network.spec(),
              network.parameters(),
              network.kernels(),
              network.precision(),
              1)) {
        series.forEach((id, each) -> pictures.addAll(each.pictures(id, scored(scorer, each, id))));
      }
    }
    return pictures;
  }

  private static List<RowPrediction> scored(EventScorer scorer, DrawnSeries series, String id) {
    return scorer
        .score(List.of(new KeyEvents<>(scorer.states().start(), series.events(id))))
        .get(0);
  }

  private static double[][] errors(ErrorMeasure measure, DrawnSeries series) {
    var all = new ArrayList<double[]>();
    for (Example piece : series.pieces()) {
      try {
        all.addAll(List.of(measure.errors(piece)));
      } catch (BadExampleException e) {
        // Preparation has told it.
      }
    }
    return all.toArray(double[][]::new);
  }
}
