package org.rondo.kernels.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.rondo.kernels.DropoutHash;

/** Vectors to and from memory, and the vector form of {@link DropoutHash}'s mixing step. */
final class Lanes {
  /** As wide as the processor's vectors. */
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

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

  /** Rounds to bfloat16, to nearest, ties to even, and stores at element {@code at}. */
  static void storeRounded(FloatVector value, ByteBuffer y, int at) {
    IntVector bits = value.reinterpretAsInts();
    IntVector upper = bits.lanewise(VectorOperators.LSHR, 16);
    IntVector rounded = bits.add(upper.and(1)).add(0x7FFF).lanewise(VectorOperators.LSHR, 16);
    // All ones where the magnitude is above infinity's: NaN, which keeps its upper bits.
    IntVector nan = bits.and(0x7FFFFFFF).neg().add(0x7F800000).lanewise(VectorOperators.ASHR, 31);
    IntVector result = rounded.and(nan.not()).or(upper.or(0x40).and(nan));
    ((ShortVector) result.convertShape(VectorOperators.I2S, SHORTS, 0))
        .intoByteBuffer(y, at * Short.BYTES, ORDER);
  }
}
