package org.rondo.kernels;

/**
 * exp, tanh and the logistic sigmoid for float32, of nothing but additions, multiplications, fused
 * multiply-adds, one division and shifts of bits: operations that IEEE 754 rounds in one way only,
 * so that the same formula over vectors gives the same bits.
 *
 * <p>The coefficients are least-maximum fits of ours (iteratively reweighted least squares).
 * Largest errors against {@link Math} in double, over every float32 of the stated range: {@link
 * #exp} 1.1 ulp, {@link #tanh} 5.6 ulp, {@link #sigmoid} 2.5 ulp. NaN gives NaN.
 */
public final class Approximation {
  /** Arguments of {@link #exp} are cut to this range, so that results are normal and finite. */
  public static final float EXP_MIN = -87f;

  /** Upper end of the range of {@link #exp}. */
  public static final float EXP_MAX = 88f;

  public static final float LOG2_E = 0x1.715476p0f;

  /** 1.5 * 2^23: adding it rounds to an integer, which then stands in the lowest bits. */
  public static final float ROUNDER = 0x1.8p23f;

  /** ln 2 in two parts; n times the upper is exact for {@code |n| < 2^9}. */
  public static final float LN2_HIGH = 0x1.62ep-1f;

  public static final float LN2_LOW = 0x1.0bfbe8p-15f;

  public static final float E2 = 0x1.fffffcp-2f;
  public static final float E3 = 0x1.555490p-3f;
  public static final float E4 = 0x1.5558f4p-5f;
  public static final float E5 = 0x1.123a6cp-7f;
  public static final float E6 = 0x1.6a2352p-10f;

  /** tanh is 1 in float32 beyond this. */
  public static final float TANH_MAX = 9f;

  public static final float P1 = 0.13381025f;
  public static final float P2 = 0.0034955873f;
  public static final float P3 = 2.0609068e-05f;
  public static final float P4 = 1.33546445e-08f;
  public static final float Q1 = 0.46714342f;
  public static final float Q2 = 0.025876978f;
  public static final float Q3 = 0.00032856333f;
  public static final float Q4 = 7.776551e-07f;

  private Approximation() {}

  /**
   * e^x for x cut to [{@value #EXP_MIN}, {@value #EXP_MAX}]: e^x = 2^n e^r with n = round(x / ln
   * 2), {@code |r| <= ln(2)/2}, and e^r = 1 + r + r^2 (E2 + E3 r + .. + E6 r^4).
   */
  public static float exp(float x) {
    float cut = Math.min(Math.max(x, EXP_MIN), EXP_MAX);
    float shifted = Math.fma(cut, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, cut));
    float s = Math.fma(Math.fma(Math.fma(Math.fma(E6, r, E5), r, E4), r, E3), r, E2);
    float mantissa = Math.fma(r * r, s, r) + 1f;
    float power = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + 0x3F800000);
    return mantissa * power;
  }

  /** 1 / (1 + e^-x); never 0 and at most 1. */
  public static float sigmoid(float x) {
    return 1f / (1f + exp(-x));
  }

  /** x P(x^2) / Q(x^2) for x cut to [-9, 9]; beyond 1 by 2 ulp at most. */
  public static float tanh(float x) {
    float cut = Math.min(Math.max(x, -TANH_MAX), TANH_MAX);
    float s = cut * cut;
    float p = Math.fma(Math.fma(Math.fma(Math.fma(P4, s, P3), s, P2), s, P1), s, 1f);
    float q = Math.fma(Math.fma(Math.fma(Math.fma(Q4, s, Q3), s, Q2), s, Q1), s, 1f);
    return cut * p / q;
  }
}
