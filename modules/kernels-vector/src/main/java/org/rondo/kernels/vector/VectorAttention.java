package org.rondo.kernels.vector;

import static org.rondo.kernels.vector.Lanes.load;
import static org.rondo.kernels.vector.Lanes.store;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.rondo.kernels.AttentionPasses.Additive;

/**
 * The passes of attention on vectors, as {@link VectorElementwise} runs them. Each works on as many
 * elements of a row as fill vectors and returns where the rest begins; the formulas are those of
 * the plain passes.
 */
final class VectorAttention {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1f);

  private VectorAttention() {}

  /**
   * {@code sums += x * y}.
   *
   * @param sums partial sums, a multiple of a vector of them
   */
  static int dot(float[] sums, ByteBuffer x, int xAt, ByteBuffer y, int yAt, int count) {
    int end = SPECIES.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      int at = j % 16;
      load(x, xAt + j)
          .fma(load(y, yAt + j), FloatVector.fromArray(SPECIES, sums, at))
          .intoArray(sums, at);
    }
    return end;
  }

  static int addScaled(ByteBuffer x, int xAt, float factor, ByteBuffer y, int yAt, int count) {
    int end = SPECIES.loopBound(count);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int j = 0; j < end; j += LANES) {
      store(load(x, xAt + j).fma(factors, load(y, yAt + j)), y, yAt + j);
    }
    return end;
  }

  static int tanhDot(float[] sums, Additive additive, int keyAt, int queryAt) {
    ByteBuffer keys = additive.keys().bytes();
    ByteBuffer queries = additive.queries().bytes();
    ByteBuffer vector = additive.vector().bytes();
    int end = SPECIES.loopBound(additive.vector().length());
    for (int j = 0; j < end; j += LANES) {
      FloatVector z = load(keys, keyAt + j).add(load(queries, queryAt + j));
      int at = j % 16;
      load(vector, j)
          .fma(VectorApproximation.tanh(z), FloatVector.fromArray(SPECIES, sums, at))
          .intoArray(sums, at);
    }
    return end;
  }

  static int tanhDotGradient(
      Additive additive, Additive gradients, int keyAt, int queryAt, float slope) {
    ByteBuffer keys = additive.keys().bytes();
    ByteBuffer queries = additive.queries().bytes();
    ByteBuffer ofKeys = gradients.keys().bytes();
    ByteBuffer ofQueries = gradients.queries().bytes();
    ByteBuffer ofVector = gradients.vector().bytes();
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    int end = SPECIES.loopBound(additive.vector().length());
    for (int j = 0; j < end; j += LANES) {
      FloatVector z = load(keys, keyAt + j).add(load(queries, queryAt + j));
      FloatVector u = VectorApproximation.tanh(z);
      FloatVector weighted = load(additive.vector().bytes(), j).mul(slopes);
      FloatVector dz = weighted.mul(u.neg().fma(u, ONE));
      store(u.fma(slopes, load(ofVector, j)), ofVector, j);
      store(load(ofQueries, queryAt + j).add(dz), ofQueries, queryAt + j);
      store(load(ofKeys, keyAt + j).add(dz), ofKeys, keyAt + j);
    }
    return end;
  }
}
