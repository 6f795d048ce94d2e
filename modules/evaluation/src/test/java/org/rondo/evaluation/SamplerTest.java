package org.rondo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Draws at evenly spaced numbers, so that shares are exact up to one draw per id. */
class SamplerTest {
  private static final int DRAWS = 10_000;

  /** Probabilities of ids 0..4 once id 0, which is never drawn, is left out. */
  private static final double[] PROBABILITIES = {0, 0.15, 0.5, 0.05, 0.3};

  private static final float[] LOGITS = logits();

  @Test
  void sharesFollowTheSoftmax() {
    assertShares(shares(1, 0, 1), 0, 0.15, 0.5, 0.05, 0.3);
  }

  @Test
  void temperatureSharpensAndFlattens() {
    double sum = 0.15 * 0.15 + 0.5 * 0.5 + 0.05 * 0.05 + 0.3 * 0.3;
    assertShares(
        shares(0.5, 0, 1), 0, 0.15 * 0.15 / sum, 0.25 / sum, 0.05 * 0.05 / sum, 0.09 / sum);
    assertShares(shares(1e6, 0, 1), 0, 0.25, 0.25, 0.25, 0.25);
    assertShares(shares(1e-6, 0, 1), 0, 0, 1, 0, 0);
  }

  @Test
  void zeroTemperatureIsGreedyAndTiesGoToTheFirst() {
    assertShares(shares(0, 0, 1), 0, 0, 1, 0, 0);
    var sampler = new Sampler(new GenerationPlan(1, 0, 0, 1, 0), 4, 0);
    assertThat(sampler.draw(new float[] {9, -0f, 0f, -1}, 0.99)).isEqualTo(1);
  }

  @Test
  void topKKeepsTheLikeliest() {
    assertShares(shares(1, 2, 1), 0, 0, 0.5 / 0.8, 0, 0.3 / 0.8);
    assertShares(shares(1, 1, 1), 0, 0, 1, 0, 0);
    assertShares(shares(1, 100, 1), 0, 0.15, 0.5, 0.05, 0.3);
  }

  @Test
  void topPKeepsTheSmallestSetThatReachesIt() {
    assertShares(shares(1, 0, 0.45), 0, 0, 1, 0, 0);
    assertShares(shares(1, 0, 0.55), 0, 0, 0.5 / 0.8, 0, 0.3 / 0.8);
    assertShares(shares(1, 0, 0.9), 0, 0.15 / 0.95, 0.5 / 0.95, 0, 0.3 / 0.95);
    assertShares(shares(1, 0, 0.99), 0, 0.15, 0.5, 0.05, 0.3);
  }

  @Test
  void topPCountsWithinTopK() {
    // Of the two that top-k leaves, the first has 0.5 / 0.8 = 0.625.
    assertShares(shares(1, 2, 0.6), 0, 0, 1, 0, 0);
    assertShares(shares(1, 2, 0.65), 0, 0, 0.5 / 0.8, 0, 0.3 / 0.8);
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    var sampler = new Sampler(new GenerationPlan(1, 1, 0, 1, 0), 3, 0);
    assertThat(sampler.draw(new float[] {0, 1e30f, -1e30f}, 0.999)).isEqualTo(1);
    assertThat(sampler.draw(new float[] {0, -1e30f, -2e30f}, 0.999)).isEqualTo(1);
  }

  @Test
  void theExtremesOfTheUniformNumberDrawTheFirstAndTheLast() {
    var sampler = new Sampler(new GenerationPlan(1, 1, 0, 1, 0), LOGITS.length, 0);
    assertThat(sampler.draw(LOGITS, 0)).isEqualTo(2);
    assertThat(sampler.draw(LOGITS, Math.nextDown(1.0))).isEqualTo(3);
  }

  @Test
  void notANumberIsNamed() {
    var sampler = new Sampler(new GenerationPlan(1, 1, 0, 1, 0), 3, 0);
    assertThatThrownBy(() -> sampler.draw(new float[] {0, 1, Float.NaN}, 0.5))
        .hasMessage("sampler: the logit of id 2 is not a number");
  }

  @Test
  void somethingMustBeLeftToDraw() {
    assertThatThrownBy(() -> new Sampler(new GenerationPlan(1, 1, 0, 1, 0), 1, 0))
        .hasMessage("sampler: 1 classes without class 0 leave nothing to draw");
  }

  @Test
  void plansAreChecked() {
    assertThatThrownBy(() -> new GenerationPlan(-1, 1, 0, 1, 0))
        .hasMessage("generate.length = -1: must be from 0 to 10000000");
    assertThatThrownBy(() -> new GenerationPlan(1, Double.NaN, 0, 1, 0))
        .hasMessage("generate.temperature = NaN: must be a number >= 0");
    assertThatThrownBy(() -> new GenerationPlan(1, 1, -2, 1, 0))
        .hasMessage("generate.top_k = -2: must be >= 0 (0: all)");
    assertThatThrownBy(() -> new GenerationPlan(1, 1, 0, 0, 0))
        .hasMessage("generate.top_p = 0.0: must be in (0,1]");
  }

  private static double[] shares(double temperature, int topK, double topP) {
    var plan = new GenerationPlan(1, temperature, topK, topP, 0);
    var sampler = new Sampler(plan, LOGITS.length, 0);
    var shares = new double[LOGITS.length];
    for (int i = 0; i < DRAWS; i++) {
      shares[sampler.draw(LOGITS, (i + 0.5) / DRAWS)] += 1.0 / DRAWS;
    }
    return shares;
  }

  private static void assertShares(double[] shares, double... expected) {
    // One draw on either border of an id's interval, beside the rounding of float32 logits.
    assertThat(shares).containsExactly(expected, within(2.0 / DRAWS));
  }

  private static float[] logits() {
    var logits = new float[PROBABILITIES.length];
    for (int i = 1; i < logits.length; i++) {
      logits[i] = (float) Math.log(PROBABILITIES[i]);
    }
    logits[0] = 100; // the likeliest of all, were it not excluded
    return logits;
  }
}
