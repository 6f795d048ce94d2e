package org.rondo.kernels.vector;

import static org.rondo.kernels.vector.Lanes.load;
import static org.rondo.kernels.vector.Lanes.store;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.rondo.kernels.GatePasses.VanillaStep;

/**
 * The passes of a vanilla recurrence and of dense layers on vectors, as {@link VectorElementwise}
 * runs them. Each works on as many units of a row as fill vectors and returns their number; the
 * formulas are those of the plain passes.
 */
final class VectorVanilla {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);

  private VectorVanilla() {}

  static int tanh(VanillaStep step, ByteBuffer bias, int at, int units) {
    ByteBuffer sums = step.sums().bytes();
    ByteBuffer hidden = step.hidden().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      FloatVector sum = load(sums, at + j).add(load(bias, j));
      store(VectorApproximation.tanh(sum), hidden, at + j);
    }
    return end;
  }

  static int relu(VanillaStep step, ByteBuffer bias, int at, int units) {
    ByteBuffer sums = step.sums().bytes();
    ByteBuffer hidden = step.hidden().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      store(load(sums, at + j).add(load(bias, j)).max(0f), hidden, at + j);
    }
    return end;
  }

  static int sigmoid(VanillaStep step, ByteBuffer bias, int at, int units) {
    ByteBuffer sums = step.sums().bytes();
    ByteBuffer hidden = step.hidden().bytes();
    int end = SPECIES.loopBound(units);
    for (int j = 0; j < end; j += LANES) {
      FloatVector sum = load(sums, at + j).add(load(bias, j));
      store(VectorApproximation.sigmoid(sum), hidden, at + j);
    }
    return end;
  }

  static int sigmoidGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    ByteBuffer sums = step.sums().bytes();
    ByteBuffer hidden = step.hidden().bytes();
    int end = SPECIES.loopBound(count);
    for (int j = at; j < at + end; j += LANES) {
      FloatVector h = load(hidden, j);
      store(load(dh, j).mul(h.neg().fma(h, h)), sums, j);
    }
    return end;
  }

  static int tanhGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    ByteBuffer sums = step.sums().bytes();
    ByteBuffer hidden = step.hidden().bytes();
    int end = SPECIES.loopBound(count);
    for (int j = at; j < at + end; j += LANES) {
      FloatVector h = load(hidden, j);
      store(load(dh, j).mul(h.neg().fma(h, ONE)), sums, j);
    }
    return end;
  }

  static int reluGradient(VanillaStep step, ByteBuffer dh, int at, int count) {
    ByteBuffer sums = step.sums().bytes();
    ByteBuffer hidden = step.hidden().bytes();
    int end = SPECIES.loopBound(count);
    for (int j = at; j < at + end; j += LANES) {
      IntVector h = load(hidden, j).reinterpretAsInts();
      // All ones where h is not 0, which is never negative.
      IntVector kept = h.or(h.neg()).lanewise(VectorOperators.ASHR, 31);
      store(load(dh, j).reinterpretAsInts().and(kept).reinterpretAsFloats(), sums, j);
    }
    return end;
  }
}
