package org.rondo.evaluation;

import java.util.List;
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
 * @param repetitionPenalty makes tokens less likely that the text holds already, see Keskar et al.
 *     2019; 1 for none
 * @param beam texts that a search for the likeliest one keeps; 0 draws
 * @param samples texts, each drawn by itself
 * @param stop texts before which generation ends, none of them empty
 */
public record GenerationPlan(
    int length,
    double temperature,
    int topK,
    double topP,
    long seed,
    double repetitionPenalty,
    int beam,
    int samples,
    List<String> stop) {
  /** The text is written as a whole, so it must fit in memory. */
  private static final int MOST_TOKENS = 10_000_000;

  private static final int MOST_TEXTS = 10_000;

  /** One text that is drawn, without penalty, to its full length. */
  public GenerationPlan(int length, double temperature, int topK, double topP, long seed) {
    this(length, temperature, topK, topP, seed, 1, 0, 1, List.of());
  }

  public GenerationPlan {
    stop = List.copyOf(stop);
    ValueException.unless(
        stop.stream().noneMatch(String::isEmpty),
        "generate.stop",
        String.join("|", stop),
        "must be texts between |, none of them empty");
    ValueException.unless(
        repetitionPenalty >= 1 && repetitionPenalty <= Float.MAX_VALUE,
        "generate.repetition_penalty",
        repetitionPenalty,
        "must be a number >= 1 (1: none)");
    ValueException.unlessWithin("generate.beam", beam, 0, MOST_TEXTS);
    ValueException.unlessWithin("generate.samples", samples, 1, MOST_TEXTS);
    ValueException.unless(
        beam == 0 || samples == 1,
        "generate.samples",
        samples,
        "generate.beam = " + beam + " finds one text and draws none: set it to 0");
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
