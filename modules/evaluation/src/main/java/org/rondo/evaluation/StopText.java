package org.rondo.evaluation;

import java.util.List;
import java.util.function.Consumer;

/**
 * Hands a text on piece by piece until one of some texts comes in it, which is left out with all
 * behind it. Holds back no more than what one of them may begin with.
 */
final class StopText implements Consumer<String> {
  private final List<String> stops;
  private final Consumer<String> pieces;
  private String held = "";
  private boolean stopped;

  /**
   * @param stops none of them empty
   */
  StopText(List<String> stops, Consumer<String> pieces) {
    this.stops = stops;
    this.pieces = pieces;
  }

  /** Whether one of the texts came. */
  boolean stopped() {
    return stopped;
  }

  @Override
  public void accept(String piece) {
    if (stopped) {
      return;
    }
    held += piece;
    int first = held.length();
    for (String stop : stops) {
      int at = held.indexOf(stop);
      if (at >= 0 && at < first) {
        first = at;
        stopped = true;
      }
    }
    hand(stopped ? first : held.length() - beginning());
  }

  /** Hands on the first characters of what is held. */
  private void hand(int count) {
    if (count > 0) {
      pieces.accept(held.substring(0, count));
    }
    held = stopped ? "" : held.substring(count);
  }

  /** Characters at the end of what is held that one of the texts begins with. */
  private int beginning() {
    int longest = 0;
    for (String stop : stops) {
      for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
        if (held.endsWith(stop.substring(0, n))) {
          longest = n;
        }
      }
    }
    return longest;
  }

  /** The text ends here: hands on what was held back. */
  void end() {
    hand(held.length());
  }
}
