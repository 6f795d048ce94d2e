package org.rondo.ingest.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns the merges of a byte pair encoding from counted words: of all pairs of neighbours the one
 * that occurs most becomes a token, again and again (Sennrich et al. 2016). Of equally frequent
 * pairs the first by the bytes of its left token, then by those of its right one, so that words and
 * counts alone decide, in whatever order they come. LF is never merged, so that lines can be told
 * apart by their last token.
 */
final class MergeTraining {
  /** Ids of bytes begin behind the unknown symbol. */
  private static final int FIRST_BYTE = 1;

  private static final int LINE_END = FIRST_BYTE + '\n';

  private static final int ANY = -1;

  /** Two tokens that are neighbours in some words. */
  private static final class Pair {
    final int left;
    final int right;
    long count;
    int[] words = new int[4];
    int held;

    Pair(int left, int right) {
      this.left = left;
      this.right = right;
    }

    void addWord(int word) {
      if (held > 0 && words[held - 1] == word) {
        return;
      }
      if (held == words.length) {
        words = Arrays.copyOf(words, 2 * held);
      }
      words[held++] = word;
    }
  }

  /** A pair with its count when it was put in the queue: it may be less by now. */
  private record Candidate(Pair pair, long count) {}

  private final List<byte[]> tokens = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final List<int[]> words = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Candidate> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Candidate::count)
              .reversed()
              .thenComparing(c -> tokens.get(c.pair().left), Arrays::compareUnsigned)
              .thenComparing(c -> tokens.get(c.pair().right), Arrays::compareUnsigned));

  MergeTraining(TokenCounts counted) {
    addToken(Vocabulary.UNKNOWN, new byte[0]);
    for (int value = 0; value < ByteAlphabet.SIZE; value++) {
      addToken(String.valueOf(ByteAlphabet.of(value)), new byte[] {(byte) value});
    }
    counted.forEach(this::addWord);
    for (int word = 0; word < words.size(); word++) {
      addPairs(word, ANY);
    }
    pairs.values().forEach(this::offer);
  }

  private void addToken(String token, byte[] bytes) {
    known.add(token);
    tokens.add(bytes);
  }

  private void addWord(String word, long count) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 2) {
      return;
    }
    var symbols = new int[bytes.length];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = FIRST_BYTE + (bytes[i] & 0xFF);
    }
    words.add(symbols);
    counts.add(count);
  }

  /** The vocabulary of bytes and merged tokens, in the order in which they were learned. */
  Vocabulary vocabulary(boolean lowercase, VocabularyPlan plan) {
    int size = plan.maximumSize() == 0 ? Integer.MAX_VALUE : plan.maximumSize();
    var merges = new ArrayList<String>();
    while (tokens.size() < size && !queue.isEmpty()) {
      Candidate first = queue.poll();
      Pair pair = first.pair();
      if (pair.count < first.count()) {
        offer(pair);
      } else if (pair.count >= plan.minimumCount() && known.add(spelled(pair, ""))) {
        merges.add(spelled(pair, " "));
        merge(pair);
      }
    }
    List<String> spelled = new ArrayList<>(tokens.stream().map(ByteAlphabet::of).toList());
    spelled.set(Vocabulary.UNKNOWN_ID, Vocabulary.UNKNOWN);
    return new Vocabulary(BytePairTokenizer.NAME, lowercase, spelled, merges);
  }

  private String spelled(Pair pair, String between) {
    return ByteAlphabet.of(tokens.get(pair.left))
        + between
        + ByteAlphabet.of(tokens.get(pair.right));
  }

  private void offer(Pair pair) {
    if (pair.count > 0) {
      queue.add(new Candidate(pair, pair.count));
    }
  }

  private void merge(Pair pair) {
    byte[] left = tokens.get(pair.left);
    byte[] right = tokens.get(pair.right);
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    int id = tokens.size();
    tokens.add(both);
    Set<Pair> grown = new LinkedHashSet<>();
    for (int i = 0; i < pair.held; i++) {
      int word = pair.words[i];
      int[] after = merged(words.get(word), pair, id);
      if (after.length < words.get(word).length) {
        removePairs(word);
        words.set(word, after);
        grown.addAll(addPairs(word, id));
      }
    }
    pairs.remove(key(pair.left, pair.right));
    grown.forEach(this::offer);
  }

  /** The tokens of a word after a merge, from left to right. */
  private static int[] merged(int[] word, Pair pair, int id) {
    var after = new int[word.length];
    int length = 0;
    for (int i = 0; i < word.length; i++) {
      boolean both = i + 1 < word.length && word[i] == pair.left && word[i + 1] == pair.right;
      after[length++] = both ? id : word[i];
      i += both ? 1 : 0;
    }
    return Arrays.copyOf(after, length);
  }

  private void removePairs(int word) {
    int[] symbols = words.get(word);
    for (int i = 1; i < symbols.length; i++) {
      Pair pair = pairs.get(key(symbols[i - 1], symbols[i]));
      if (pair != null) {
        pair.count -= counts.get(word);
      }
    }
  }

  /**
   * Counts the pairs of a word.
   *
   * @param fresh a token that it did not have before, or {@link #ANY}
   * @return its pairs of such a token
   */
  private List<Pair> addPairs(int word, int fresh) {
    int[] symbols = words.get(word);
    var grown = new ArrayList<Pair>();
    for (int i = 1; i < symbols.length; i++) {
      int left = symbols[i - 1];
      int right = symbols[i];
      if (left == LINE_END || right == LINE_END) {
        continue;
      }
      Pair pair = pairs.computeIfAbsent(key(left, right), key -> new Pair(left, right));
      pair.count += counts.get(word);
      if (fresh == ANY || left == fresh || right == fresh) {
        pair.addWord(word);
        grown.add(pair);
      }
    }
    return grown;
  }

  private static long key(int left, int right) {
    return ((long) left << Integer.SIZE) | right;
  }
}
