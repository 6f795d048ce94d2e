package org.rondo.ingest.text;

import org.rondo.kernels.ValueException;

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
    ValueException.unless(minimumCount >= 1, "data.minimum_count", minimumCount, "must be >= 1");
    ValueException.unless(
        maximumSize == 0 || maximumSize >= 2,
        "data.maximum_vocabulary",
        maximumSize,
        "must be 0 (no limit) or >= 2");
  }
}
