package org.rondo.training.events;

import java.util.Locale;
import java.util.Optional;
import org.rondo.models.NetworkSpec;
import org.rondo.training.events.TrainingEvent.Evaluated;

/** A run whose validation loss is still a number, and far above that of a guess. */
public final class Explosion {
  /** As many times the loss of a guess are no bad luck. */
  private static final double GUESSES = 2;

  private Explosion() {}

  /**
   * A sentence where a run ends so; without advice, since the means differ.
   *
   * @param last the last evaluation of the run
   * @param network among whose classes a guess takes one, all equally likely: its loss is {@code
   *     ln(classes)}; one that predicts values, or labels of a length that it chooses, has no such
   *     guess
   */
  public static Optional<String> of(Evaluated last, NetworkSpec network) {
    boolean guesses = network.targetValues() == 0 && !network.head().head().predictsLength();
    return guesses ? of(last, network.head().outputs()) : Optional.empty();
  }

  static Optional<String> of(Evaluated last, int classes) {
    double guess = StrictMath.log(classes);
    return last.loss() <= GUESSES * guess
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the validation loss exploded to %.4g in round %d, where a guess among %,d classes has %.4g",
                last.loss(),
                last.round(),
                classes,
                guess));
  }
}
