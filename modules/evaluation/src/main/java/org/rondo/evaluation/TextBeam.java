package org.rondo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.rondo.models.HiddenState;
import org.rondo.models.Network;

/**
 * The likeliest continuation of a text among those that a beam keeps: after each token the {@code
 * beam} likeliest texts so far, of equal lengths but for those that have ended. Nothing is drawn.
 */
final class TextBeam {
  private final Network network;
  private final Candidates candidates;
  private final int beam;
  private final Predicate<int[]> ends;

  /**
   * @param network of T = 1 and B = 1
   * @param beam texts that are kept, at least 1
   * @param ends whether what was added to the prime has come to its end
   */
  TextBeam(Network network, Candidates candidates, int beam, Predicate<int[]> ends) {
    this.network = network;
    this.candidates = candidates;
    this.beam = beam;
    this.ends = ends;
  }

  /** A text so far: prime and what was added. */
  private static final class Text {
    private final int[] ids;

    /** The sum of the logarithms of the probabilities of what was added. */
    private final double score;

    /** Before the last id. */
    private final HiddenState state;

    private final boolean ended;

    Text(int[] ids, double score, HiddenState state, boolean ended) {
      this.ids = ids;
      this.score = score;
      this.state = state;
      this.ended = ended;
    }
  }

  /** A text with one more token, or one that has ended, which stays as it is. */
  private record Longer(Text text, int id, double score, HiddenState state) {}

  /**
   * What is added to the prime.
   *
   * @param state after all but the last id of the prime
   * @param length tokens to add at most
   */
  int[] search(int[] prime, HiddenState state, int length) {
    List<Text> texts = List.of(new Text(prime, 0, state, false));
    // No text that goes on becomes likelier than it is.
    for (int i = 0; i < length && !texts.get(0).ended; i++) {
      var all = new ArrayList<Longer>();
      texts.forEach(text -> extend(text, all));
      // Stable, so that of equal scores the earlier text, and of that the lower id, comes first.
      all.sort(Comparator.comparingDouble(Longer::score).reversed());
      texts = all.stream().limit(beam).map(longer -> text(longer, prime.length)).toList();
    }
    int[] best = texts.get(0).ids;
    return Arrays.copyOfRange(best, prime.length, best.length);
  }

  private Text text(Longer longer, int primed) {
    if (longer.text.ended) {
      return longer.text;
    }
    int[] before = longer.text.ids;
    int[] ids = Arrays.copyOf(before, before.length + 1);
    ids[before.length] = longer.id;
    boolean ended = ends.test(Arrays.copyOfRange(ids, primed, ids.length));
    return new Text(ids, longer.score, longer.state, ended);
  }

  /** By its likeliest tokens, as many as the beam may need. */
  private void extend(Text text, List<Longer> all) {
    if (text.ended) {
      all.add(new Longer(text, 0, text.score, text.state));
      return;
    }
    HiddenState state = network.newState();
    System.arraycopy(text.state.values(), 0, state.values(), 0, state.values().length);
    double[] logs = candidates.logProbabilities(network, text.ids, state);
    Integer[] order = new Integer[logs.length];
    Arrays.setAll(order, id -> id);
    Arrays.sort(order, Comparator.comparingDouble(id -> -logs[id]));
    for (int i = 0; i < Math.min(beam, order.length); i++) {
      if (logs[order[i]] > Double.NEGATIVE_INFINITY) {
        all.add(new Longer(text, order[i], text.score + logs[order[i]], state));
      }
    }
  }
}
