package org.rondo.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.rondo.kernels.Approximation;

/** The functions of {@link Approximation} on vectors: the same operations in the same order. */
final class VectorApproximation {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private static final FloatVector ONE = all(1f);
  private static final FloatVector EXP_MIN = all(Approximation.EXP_MIN);
  private static final FloatVector EXP_MAX = all(Approximation.EXP_MAX);
  private static final FloatVector LOG2_E = all(Approximation.LOG2_E);
  private static final FloatVector ROUNDER = all(Approximation.ROUNDER);
  private static final FloatVector MINUS_LN2_HIGH = all(-Approximation.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = all(-Approximation.LN2_LOW);
  private static final FloatVector E2 = all(Approximation.E2);
  private static final FloatVector E3 = all(Approximation.E3);
  private static final FloatVector E4 = all(Approximation.E4);
  private static final FloatVector E5 = all(Approximation.E5);
  private static final FloatVector E6 = all(Approximation.E6);
  private static final FloatVector TANH_MAX = all(Approximation.TANH_MAX);
  private static final FloatVector TANH_MIN = all(-Approximation.TANH_MAX);
  private static final FloatVector P1 = all(Approximation.P1);
  private static final FloatVector P2 = all(Approximation.P2);
  private static final FloatVector P3 = all(Approximation.P3);
  private static final FloatVector P4 = all(Approximation.P4);
  private static final FloatVector Q1 = all(Approximation.Q1);
  private static final FloatVector Q2 = all(Approximation.Q2);
  private static final FloatVector Q3 = all(Approximation.Q3);
  private static final FloatVector Q4 = all(Approximation.Q4);

  private VectorApproximation() {}

  static FloatVector exp(FloatVector x) {
    FloatVector cut = x.max(EXP_MIN).min(EXP_MAX);
    FloatVector shifted = cut.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, cut));
    FloatVector s = E6.fma(r, E5).fma(r, E4).fma(r, E3).fma(r, E2);
    FloatVector mantissa = r.mul(r).fma(s, r).add(ONE);
    return shifted
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, 23)
        .add(0x3F800000)
        .reinterpretAsFloats()
        .mul(mantissa);
  }

  static FloatVector sigmoid(FloatVector x) {
    return ONE.div(exp(x.neg()).add(ONE));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector cut = x.max(TANH_MIN).min(TANH_MAX);
    FloatVector s = cut.mul(cut);
    FloatVector p = P4.fma(s, P3).fma(s, P2).fma(s, P1).fma(s, ONE);
    FloatVector q = Q4.fma(s, Q3).fma(s, Q2).fma(s, Q1).fma(s, ONE);
    return cut.mul(p).div(q);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
