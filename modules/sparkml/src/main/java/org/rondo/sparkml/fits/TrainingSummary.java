package org.rondo.sparkml.fits;

import java.util.List;
import org.rondo.evaluation.Score;

/**
 * How a model was trained.
 *
 * @param epochs of this fit, in order; one that went on from a checkpoint begins there
 * @param bestEpoch after which the model had the parameters that it has; from 1
 * @param parametersSha256 of the model's parameters as little-endian float32
 * @param parameters number of them
 * @param targets trained, such as labels of rows or tags of tokens
 * @param targetsPerSecond in the rounds of training; without start, evaluations and checkpoints
 * @param kernels fingerprint of the kernels, which decides the last bits
 * @param rows for a person: of each split, and those that were left out
 */
public record TrainingSummary(
    List<Epoch> epochs,
    int bestEpoch,
    String parametersSha256,
    int parameters,
    long targets,
    double targetsPerSecond,
    String kernels,
    String rows) {
  public TrainingSummary {
    epochs = List.copyOf(epochs);
  }

  /**
   * One pass over the training rows.
   *
   * @param number from 1
   * @param trainingLoss mean per target: nats or squared errors
   * @param validationLoss likewise, of the validation rows
   * @param scores of the validation rows; the first decides which parameters are best
   */
  public record Epoch(int number, double trainingLoss, double validationLoss, List<Score> scores) {
    public Epoch {
      scores = List.copyOf(scores);
    }

    /** The value of a metric; NaN if it was not measured. */
    public double value(String metric) {
      return Score.value(scores, metric);
    }
  }
}
