package org.rondo.ingest;

/**
 * Which tokens of the training text get an id of their own.
 *
 * @param minimumCount a token seen less often is unknown; at least 1
 * @param maximumSize ids at most, the unknown symbol's included; 0 for no limit
 */
public record VocabularyPlan(int minimumCount, int maximumSize) {
  /** Every token that occurs. */
  public static final VocabularyPlan EVERYTHING = new VocabularyPlan(1, 0);

  public VocabularyPlan {
    if (minimumCount < 1) {
      throw new IllegalArgumentException(
          "vocabulary: minimum count must be >= 1, got " + minimumCount);
    }
    if (maximumSize < 0 || maximumSize == 1) {
      throw new IllegalArgumentException(
          "vocabulary: maximum size must be 0 (no limit) or >= 2, got " + maximumSize);
    }
  }
}
