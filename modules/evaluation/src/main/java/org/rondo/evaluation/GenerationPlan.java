package org.rondo.evaluation;

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
  public GenerationPlan {
    if (length < 0) {
      throw new IllegalArgumentException("generate: length must be >= 0, got " + length);
    }
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "generate: temperature must be >= 0 and finite, got " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("generate: top-k must be >= 0 (0: all), got " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("generate: top-p must be in (0, 1], got " + topP);
    }
  }
}
