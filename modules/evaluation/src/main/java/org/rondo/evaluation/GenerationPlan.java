package org.rondo.evaluation;

import org.rondo.kernels.ValueException;

/**
 * How text is generated.
 *
 * @param length tokens to add
 * @param temperature logits are divided by it; 0 always takes the likeliest token
 * @param topK only the k likeliest tokens are drawn; 0 for all
 * @param topP only the likeliest tokens that together reach this probability are drawn (nucleus
 *     sampling, Holtzman et al. 2020), after {@code topK}; 1 for all
 * @param seed the same seed gives the same text
 */
public record GenerationPlan(int length, double temperature, int topK, double topP, long seed) {
  /** The text is written as a whole, so it must fit in memory. */
  private static final int MOST_TOKENS = 10_000_000;

  public GenerationPlan {
    ValueException.unlessWithin("generate.length", length, 0, MOST_TOKENS);
    ValueException.unless(
        temperature >= 0 && Double.isFinite(temperature),
        "generate.temperature",
        temperature,
        "must be a number >= 0");
    ValueException.unless(topK >= 0, "generate.top_k", topK, "must be >= 0 (0: all)");
    ValueException.unless(topP > 0 && topP <= 1, "generate.top_p", topP, "must be in (0,1]");
  }
}
