package org.rondo.tasks;

import java.util.List;
import org.rondo.evaluation.texts.TextScore;
import org.rondo.kernels.ValueException;

/**
 * How texts that a task writes are compared with those that people wrote, word for word as both
 * stand there.
 *
 * @param reference role of the column of right texts
 * @param prediction role of the predicted column
 * @param scores that compare them
 */
public record TextComparison(String reference, String prediction, List<TextScore> scores) {
  public TextComparison {
    ValueException.unlessGiven("reference", reference);
    ValueException.unlessGiven("prediction", prediction);
    scores = List.copyOf(scores);
  }
}
