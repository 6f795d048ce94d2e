package org.rondo.frames.windows;

import java.util.List;
import org.rondo.evaluation.Scores;

/**
 * What forecasts from a rolling origin are worth. Losses are not told.
 *
 * @param windows by their number
 * @param all of all windows together
 */
public record RollingScores(List<OfWindow> windows, Scores all) {
  /**
   * What the forecasts of one origin are worth.
   *
   * @param window its number, from 1 for the earliest
   * @param cutoff the last known time; empty where it is not the same for all series
   */
  public record OfWindow(int window, String cutoff, Scores scores) {}

  public RollingScores {
    windows = List.copyOf(windows);
  }
}
