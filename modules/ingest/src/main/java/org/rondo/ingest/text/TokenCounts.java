package org.rondo.ingest.text;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.Counted;

/** How often each token occurs. Parts of a text are counted apart and merged. */
public final class TokenCounts implements TokenSink, Serializable {
  private static final long serialVersionUID = 1L;

  private final TokenTable table = new TokenTable();
  private long[] counts = new long[1 << 9];
  private long total;

  @Override
  public void token(char[] chars, int from, int length) {
    add(chars, from, length, 1);
  }

  /** Counts a token once more. */
  public void token(String token) {
    add(token, 1);
  }

  /** Counts a token so many times more. */
  public void add(String token, long count) {
    add(token.toCharArray(), 0, token.length(), count);
  }

  /** Adds the counts of another part. */
  public void merge(TokenCounts other) {
    for (int number = 0; number < other.table.size(); number++) {
      add(other.table.token(number), other.counts[number]);
    }
  }

  private void add(char[] chars, int from, int length, long count) {
    int number = table.add(chars, from, length);
    if (number == counts.length) {
      counts = Arrays.copyOf(counts, 2 * number);
    }
    counts[number] += count;
    total += count;
  }

  /** Every token with its count. */
  public void forEach(ObjLongConsumer<String> each) {
    for (int number = 0; number < table.size(); number++) {
      each.accept(table.token(number), counts[number]);
    }
  }

  /** Tokens seen, repetitions included. */
  public long total() {
    return total;
  }

  /** Tokens seen, repetitions included, that the vocabulary does not hold. */
  public long unknown(Vocabulary vocabulary) {
    long unknown = 0;
    for (int number = 0; number < table.size(); number++) {
      unknown += vocabulary.covers(table.token(number)) ? 0 : counts[number];
    }
    return unknown;
  }

  /**
   * The vocabulary of what was seen.
   *
   * @throws IngestException if no token is frequent enough
   */
  public Vocabulary vocabulary(String tokenizer, boolean lowercase, VocabularyPlan plan) {
    record Candidate(String token, long count) {}
    List<Candidate> frequent =
        IntStream.range(0, table.size())
            .filter(i -> counts[i] >= plan.minimumCount())
            .mapToObj(i -> new Candidate(table.token(i), counts[i]))
            .filter(c -> !c.token().equals(Vocabulary.UNKNOWN))
            .sorted(
                Comparator.comparingLong(Candidate::count)
                    .reversed()
                    .thenComparing(Candidate::token))
            .limit(plan.maximumSize() == 0 ? Long.MAX_VALUE : plan.maximumSize() - 1)
            .toList();
    if (frequent.isEmpty()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "vocabulary: none of %s occurs %s in the training split",
              Counted.of(total, "token"),
              Counted.of(plan.minimumCount(), "time")));
    }
    return new Vocabulary(
        tokenizer,
        lowercase,
        Stream.concat(Stream.of(Vocabulary.UNKNOWN), frequent.stream().map(Candidate::token))
            .toList());
  }
}
