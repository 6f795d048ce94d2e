package org.rondo.ingest.sequences;

import java.nio.ByteBuffer;

/** Values that are bytes, k/255 with k from 0 to 255, such as those of images. */
final class ByteValues {
  private static final int MOST = 255;
  private static final float[] ALL = new float[MOST + 1];

  static {
    for (int k = 0; k <= MOST; k++) {
      ALL[k] = (float) k / MOST;
    }
  }

  private ByteValues() {}

  /** Whether all values are, to the bit; there is one at least. */
  static boolean are(float[] values) {
    for (float value : values) {
      boolean within = value >= 0 && value <= 1;
      if (!within
          || Float.floatToRawIntBits(ALL[number(value)]) != Float.floatToRawIntBits(value)) {
        return false;
      }
    }
    return values.length > 0;
  }

  private static int number(float value) {
    return Math.round(value * MOST);
  }

  static void put(ByteBuffer bytes, float[] values) {
    for (float value : values) {
      bytes.put((byte) number(value));
    }
  }

  static float[] get(ByteBuffer bytes, int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = ALL[Byte.toUnsignedInt(bytes.get())];
    }
    return values;
  }
}
