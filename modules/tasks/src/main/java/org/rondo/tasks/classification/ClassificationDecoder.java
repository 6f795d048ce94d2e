package org.rondo.tasks.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.LabelSet;

/**
 * The predicted label with its probability, or all labels of probability above one half; and the
 * probabilities of all labels in their order.
 */
record ClassificationDecoder(LabelSet labels, boolean severalLabels) implements Decoder {
  private static final String PREDICTION = "prediction";
  private static final String PROBABILITY = "probability";
  private static final String PROBABILITIES = "probabilities";

  @Override
  public List<Column> columns() {
    var all = new Column(PROBABILITIES, ColumnType.NUMBERS, Need.ALWAYS, labels.names());
    return severalLabels
        ? List.of(new Column(PREDICTION, ColumnType.TOKENS, Need.ALWAYS), all)
        : List.of(
            new Column(PREDICTION, ColumnType.LABEL, Need.ALWAYS),
            new Column(PROBABILITY, ColumnType.NUMBER, Need.ALWAYS),
            all);
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    if (severalLabels) {
      return severalOf(predictions);
    }
    double[] probabilities = predictions.logProbabilities(0);
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = StrictMath.exp(probabilities[c]);
    }
    int predicted = predictions.classes()[0];
    return Map.of(
        PREDICTION,
        labels.name(predicted),
        PROBABILITY,
        probabilities[predicted],
        PROBABILITIES,
        probabilities);
  }

  private Map<String, Object> severalOf(Predictions predictions) {
    var probabilities = new double[labels.size()];
    var predicted = new ArrayList<String>();
    for (int c = 0; c < probabilities.length; c++) {
      float score = predictions.score(0, c);
      probabilities[c] = 1 / (1 + StrictMath.exp(-score));
      if (score > 0) {
        predicted.add(labels.name(c));
      }
    }
    return Map.of(PREDICTION, predicted, PROBABILITIES, probabilities);
  }
}
