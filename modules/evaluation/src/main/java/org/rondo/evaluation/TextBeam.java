package org.rondo.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.rondo.models.HiddenState;
import org.rondo.models.Network;

/**
 * The likeliest continuation of a text among those that a beam keeps: after each token the {@code
 * beam} likeliest texts so far, of equal lengths. Nothing is drawn.
 */
final class TextBeam {
  private final Network network;
  private final Candidates candidates;
  private final int beam;

  /**
   * @param network of T = 1 and B = 1
   * @param beam texts that are kept, at least 1
   */
  TextBeam(Network network, Candidates candidates, int beam) {
    this.network = network;
    this.candidates = candidates;
    this.beam = beam;
  }

  /** A text so far: prime and what was added. */
  private static final class Text {
    private final int[] ids;

    /** The sum of the logarithms of the probabilities of what was added. */
    private final double score;

    /** Before the last id. */
    private final HiddenState state;

    Text(int[] ids, double score, HiddenState state) {
      this.ids = ids;
      this.score = score;
      this.state = state;
    }
  }

  /** A text with one more token. */
  private record Longer(Text text, int id, double score, HiddenState state) {}

  /**
   * What is added to the prime.
   *
   * @param state after all but the last id of the prime
   * @param length tokens to add
   */
  int[] search(int[] prime, HiddenState state, int length) {
    List<Text> texts = List.of(new Text(prime, 0, state));
    for (int i = 0; i < length; i++) {
      var all = new ArrayList<Longer>();
      texts.forEach(text -> extend(text, all));
      // Stable, so that of equal scores the earlier text, and of that the lower id, comes first.
      all.sort(Comparator.comparingDouble(Longer::score).reversed());
      texts = all.stream().limit(beam).map(TextBeam::text).toList();
    }
    int[] best = texts.get(0).ids;
    return Arrays.copyOfRange(best, prime.length, best.length);
  }

  private static Text text(Longer longer) {
    int[] before = longer.text.ids;
    int[] ids = Arrays.copyOf(before, before.length + 1);
    ids[before.length] = longer.id;
    return new Text(ids, longer.score, longer.state);
  }

  /** By its likeliest tokens, as many as the beam may need. */
  private void extend(Text text, List<Longer> all) {
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
