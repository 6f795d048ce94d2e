package org.rondo.ingest.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;

/**
 * The merges of a byte pair encoding: a word begins as its bytes, and of all pairs of neighbours
 * the one whose merge was learned first, the leftmost of equal ones, becomes one token, until no
 * pair has a merge. Immutable.
 */
final class Merges {
  private static final int NONE = -1;

  private final int[] byteIds = new int[ByteAlphabet.SIZE];

  /** Open addressing with linear probing, at most half full: pairs of ids, and their ranks. */
  private final long[] pairs;

  private final int[] ranks;

  /** Id of what a pair becomes, by its rank. */
  private final int[] merged;

  /**
   * @param merges pairs of tokens with a space between, in the order in which they were learned
   * @param ids of the vocabulary; negative for what it does not hold
   * @throws IllegalArgumentException if the vocabulary lacks a byte or a token of a merge
   */
  Merges(List<String> merges, ToIntFunction<String> ids) {
    for (int value = 0; value < byteIds.length; value++) {
      byteIds[value] = ids.applyAsInt(String.valueOf(ByteAlphabet.of(value)));
      if (byteIds[value] < 0) {
        throw refused("the vocabulary lacks %s", ByteAlphabet.describe(value));
      }
    }
    int slots = Integer.highestOneBit(Math.max(1, merges.size())) << 2;
    pairs = new long[slots];
    ranks = new int[slots];
    Arrays.fill(ranks, NONE);
    merged = new int[merges.size()];
    for (int rank = 0; rank < merged.length; rank++) {
      add(merges.get(rank), rank, ids);
    }
  }

  private void add(String merge, int rank, ToIntFunction<String> ids) {
    String[] tokens = merge.split(" ", -1);
    if (tokens.length != 2) {
      throw refused("merge %d, \"%s\", is no pair of tokens", rank, merge);
    }
    int left = ids.applyAsInt(tokens[0]);
    int right = ids.applyAsInt(tokens[1]);
    merged[rank] = ids.applyAsInt(tokens[0] + tokens[1]);
    if (left < 0 || right < 0 || merged[rank] < 0) {
      throw refused(
          "merge %d, \"%s\": the vocabulary lacks one of the two, or both as one token",
          rank, merge);
    }
    int slot = slot(pair(left, right));
    if (ranks[slot] != NONE) {
      throw refused("merge %d, \"%s\", is merge %d again", rank, merge, ranks[slot]);
    }
    pairs[slot] = pair(left, right);
    ranks[slot] = rank;
  }

  private static IllegalArgumentException refused(String sentence, Object... values) {
    return new IllegalArgumentException("merges: " + String.format(Locale.ROOT, sentence, values));
  }

  private static long pair(int left, int right) {
    return ((long) left << Integer.SIZE) | right;
  }

  private int slot(long pair) {
    int mask = pairs.length - 1;
    long hash = pair * 0x9E37_79B9_7F4A_7C15L;
    int slot = (int) (hash >>> 32) & mask;
    while (ranks[slot] != NONE && pairs[slot] != pair) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Rank of the merge of two neighbours, {@link #NONE} if they have none. */
  private int rank(int left, int right) {
    return ranks[slot(pair(left, right))];
  }

  /** The ids of a word. */
  int[] encode(String word) {
    return new Word(word.getBytes(StandardCharsets.UTF_8)).ids();
  }

  /** Encodes words, those that come again from memory. */
  TokenSink encoder(IntConsumer ids) {
    return new Encoder(ids);
  }

  /** A word while its neighbours are merged: a linked list of tokens, by the first byte of each. */
  private final class Word {
    private final int[] ids;
    private final int[] next;
    private final int[] before;

    /** Merges to be done, rank and position: what another one made impossible is found so. */
    private final PriorityQueue<Long> queue = new PriorityQueue<>();

    Word(byte[] bytes) {
      ids = new int[bytes.length];
      next = new int[bytes.length];
      before = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        ids[i] = byteIds[bytes[i] & 0xFF];
        next[i] = i + 1;
        before[i] = i - 1;
      }
      for (int i = 0; i < bytes.length; i++) {
        offer(i);
      }
    }

    private int rankAt(int at) {
      return next[at] == ids.length ? NONE : rank(ids[at], ids[next[at]]);
    }

    private void offer(int at) {
      int rank = rankAt(at);
      if (rank != NONE) {
        queue.add(((long) rank << Integer.SIZE) | at);
      }
    }

    int[] ids() {
      while (!queue.isEmpty()) {
        long first = queue.poll();
        int at = (int) first;
        int rank = (int) (first >>> Integer.SIZE);
        if (ids[at] != NONE && rankAt(at) == rank) {
          merge(at, merged[rank]);
        }
      }
      return Arrays.stream(ids).filter(id -> id != NONE).toArray();
    }

    private void merge(int at, int id) {
      int gone = next[at];
      ids[at] = id;
      ids[gone] = NONE;
      next[at] = next[gone];
      if (next[at] < ids.length) {
        before[next[at]] = at;
      }
      offer(at);
      if (before[at] >= 0) {
        offer(before[at]);
      }
    }
  }

  private final class Encoder implements TokenSink {
    /** Words are few and come often; those that do not are forgotten with the others. */
    private static final int MOST_WORDS = 1 << 16;

    private static final int LONGEST_WORD = 64;

    private final IntConsumer sink;
    private TokenTable words = new TokenTable();
    private int[][] encoded = new int[1 << 10][];

    Encoder(IntConsumer sink) {
      this.sink = sink;
    }

    @Override
    public void token(char[] chars, int from, int length) {
      for (int id : ids(chars, from, length)) {
        sink.accept(id);
      }
    }

    private int[] ids(char[] chars, int from, int length) {
      if (length > LONGEST_WORD) {
        return encode(new String(chars, from, length));
      }
      if (words.size() == MOST_WORDS) {
        words = new TokenTable();
        encoded = new int[1 << 10][];
      }
      int number = words.add(chars, from, length);
      if (number >= encoded.length) {
        encoded = Arrays.copyOf(encoded, 2 * encoded.length);
      }
      if (encoded[number] == null) {
        encoded[number] = encode(new String(chars, from, length));
      }
      return encoded[number];
    }
  }
}
