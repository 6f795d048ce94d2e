package org.rondo.models.heads.crf;

import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rondo.models.Minibatch;

/**
 * Pairs of neighbouring tags that no sequence may have, such as the inside of an entity behind
 * another kind's beginning; with K tags, {@value #START} and {@value #END} stand for what precedes
 * the first and follows the last tag.
 *
 * <p>An illegal transition has the score {@value #PENALTY}: no sum of other scores outweighs it,
 * and everything stays finite where a sequence can have no legal tags at all.
 */
final class IllegalTransitions {
  /** Score of what cannot be. */
  static final float PENALTY = -1e30f;

  private static final String START = "start";
  private static final String END = "end";
  private static final Pattern PAIR = Pattern.compile("(start|\\d{1,9})-(end|\\d{1,9})");

  private final int tags;

  /** {@code (K+1,K+1)}: the last row is the start's, the last column the end's. */
  private final boolean[] pairs;

  private boolean none = true;

  private IllegalTransitions(int tags) {
    this.tags = tags;
    this.pairs = new boolean[Math.multiplyExact(tags + 1, tags + 1)];
  }

  /**
   * Reads pairs {@code from-to} with commas in between, such as {@code start-2, 0-2, 1-end}.
   *
   * @param tags K
   * @throws IllegalArgumentException if something else stands there, or a tag is none of K
   */
  static IllegalTransitions parse(String text, int tags) {
    var illegal = new IllegalTransitions(tags);
    for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher matcher = PAIR.matcher(pair.strip());
      int from = matcher.matches() ? illegal.tag(matcher.group(1)) : -1;
      int to = matcher.matches() ? illegal.tag(matcher.group(2)) : -1;
      if (from < 0 || to < 0 || (from == tags && to == tags)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "head crf: option illegal: '%s' is no pair of tags 0 to %d, %s-tag or tag-%s",
                pair.strip(),
                tags - 1,
                START,
                END));
      }
      illegal.pairs[from * (tags + 1) + to] = true;
      illegal.none = false;
    }
    return illegal;
  }

  /** K for start and end, -1 for a number that is no tag. */
  private int tag(String name) {
    if (name.equals(START) || name.equals(END)) {
      return tags;
    }
    int tag = Integer.parseInt(name);
    return tag < tags ? tag : -1;
  }

  /** Whether everything is legal. */
  boolean none() {
    return none;
  }

  int tags() {
    return tags;
  }

  /**
   * Checks the neighbouring targets of a sequence.
   *
   * @param path tags, or {@link Minibatch#NO_TARGET}
   * @param b the sequence, for the message
   * @throws IllegalArgumentException if the first, the last or two neighbours of them are illegal
   */
  void requireLegal(int[] path, int length, int b) {
    for (int t = 0; t <= length && length > 0 && !none; t++) {
      int from = t == 0 ? tags : path[t - 1];
      int to = t == length ? tags : path[t];
      if (from >= 0 && to >= 0 && pairs[from * (tags + 1) + to]) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "head crf: the targets of sequence %d hold %s-%s at step %d, which option illegal rules out",
                b,
                t == 0 ? START : Integer.toString(from),
                t == length ? END : Integer.toString(to),
                Math.min(t, length - 1)));
      }
    }
  }

  /** Names the places of the illegal ones of {@code (K,K)} transitions. */
  void transitions(IntConsumer place) {
    places(place, 0, tags, 0, tags);
  }

  /** Names the places of the illegal ones of {@code (K)} first tags. */
  void first(IntConsumer place) {
    places(place, tags, tags + 1, 0, tags);
  }

  /** Names the places of the illegal ones of {@code (K)} last tags. */
  void last(IntConsumer place) {
    places(place, 0, tags, tags, tags + 1);
  }

  private void places(IntConsumer place, int fromRow, int toRow, int fromColumn, int toColumn) {
    int at = 0;
    for (int i = fromRow; i < toRow; i++) {
      for (int j = fromColumn; j < toColumn; j++, at++) {
        if (pairs[i * (tags + 1) + j]) {
          place.accept(at);
        }
      }
    }
  }
}
