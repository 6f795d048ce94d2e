package org.rondo.kernels.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.rondo.kernels.DropoutHash;

/** Vectors to and from memory, and the vector form of {@link DropoutHash}'s mixing step. */
final class Lanes {
  /** As wide as the processor's vectors. */
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Lanes() {}

  static FloatVector load(ByteBuffer buffer, int index) {
    return FloatVector.fromByteBuffer(SPECIES, buffer, index * Float.BYTES, ORDER);
  }

  static void store(FloatVector vector, ByteBuffer buffer, int index) {
    vector.intoByteBuffer(buffer, index * Float.BYTES, ORDER);
  }

  static IntVector mix(IntVector bits) {
    IntVector x = bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.LSHR, 16));
    x = x.mul(DropoutHash.FACTOR1);
    x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15));
    x = x.mul(DropoutHash.FACTOR2);
    return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
  }
}
