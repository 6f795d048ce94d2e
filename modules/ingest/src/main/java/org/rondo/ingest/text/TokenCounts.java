package org.rondo.ingest.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rondo.ingest.IngestException;

/** How often each token occurs. */
public final class TokenCounts implements TokenSink {
  private final TokenTable table = new TokenTable();
  private long[] counts = new long[1 << 9];
  private long total;

  @Override
  public void token(char[] chars, int from, int length) {
    int number = table.add(chars, from, length);
    if (number == counts.length) {
      counts = Arrays.copyOf(counts, 2 * number);
    }
    counts[number]++;
    total++;
  }

  /** Tokens seen, repetitions included. */
  public long total() {
    return total;
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
              "vocabulary: none of %d tokens occurs %d times in the training split",
              total,
              plan.minimumCount()));
    }
    return new Vocabulary(
        tokenizer,
        lowercase,
        Stream.concat(Stream.of(Vocabulary.UNKNOWN), frequent.stream().map(Candidate::token))
            .toList());
  }
}
