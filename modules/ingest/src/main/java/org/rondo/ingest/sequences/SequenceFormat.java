package org.rondo.ingest.sequences;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Locale;

/**
 * How a sequence stands in a part, little-endian: its steps and its targets as two int32, then its
 * ids as int32 or its values as float32, then its targets as int32, then their values, if targets
 * are values, as float32.
 */
final class SequenceFormat {
  private static final int HEAD = 2 * Integer.BYTES;

  private final SequenceShape shape;

  SequenceFormat(SequenceShape shape) {
    this.shape = shape;
  }

  /**
   * The bytes of a sequence.
   *
   * @throws IllegalArgumentException if it is not of the shape, naming what is not
   */
  byte[] encode(Sequence sequence) {
    check(sequence);
    int numbers = numbers(sequence.length(), sequence.targets().length);
    var encoded = new byte[Math.addExact(HEAD, Math.multiplyExact(numbers, Integer.BYTES))];
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(sequence.length()).putInt(sequence.targets().length);
    for (int id : sequence.ids()) {
      bytes.putInt(id);
    }
    put(bytes, sequence.values());
    for (int target : sequence.targets()) {
      bytes.putInt(target);
    }
    put(bytes, sequence.valueTargets());
    return encoded;
  }

  /**
   * Reads the next sequence.
   *
   * @param left bytes that the part still holds, against which lengths are checked
   * @throws EOFException if the part ends within it
   * @throws IllegalArgumentException if it is not of the shape, naming what is not
   */
  Sequence read(DataInputStream in, long left) throws IOException {
    ByteBuffer head = read(in, HEAD);
    int length = head.getInt();
    int targets = head.getInt();
    long numbers = wide(length, targets);
    if (length < 0 || targets < 0 || targets > length || numbers * 4 > left - HEAD) {
      throw new EOFException(
          String.format(
              Locale.ROOT,
              "a sequence of %d steps and %d targets where %d bytes are left",
              length,
              targets,
              left));
    }
    ByteBuffer bytes = read(in, Math.toIntExact(numbers * Integer.BYTES));
    int[] ids = ints(bytes, shape.ids() > 0 ? length : 0);
    float[] values = floats(bytes, length * shape.inputs());
    int[] marks = ints(bytes, targets);
    var sequence =
        new Sequence(length, ids, values, marks, floats(bytes, targets * shape.outputs()));
    check(sequence);
    return sequence;
  }

  /** Bytes of a sequence that was read. */
  long bytes(Sequence sequence) {
    return HEAD + 4L * numbers(sequence.length(), sequence.targets().length);
  }

  /** Numbers of four bytes in a sequence. */
  private int numbers(int length, int targets) {
    return Math.toIntExact(wide(length, targets));
  }

  private long wide(long length, long targets) {
    return length * Math.max(1, shape.inputs()) + targets * (1L + shape.outputs());
  }

  private void check(Sequence sequence) {
    int length = sequence.length();
    if (sequence.values().length != (long) length * shape.inputs()
        || sequence.valueTargets().length != (long) sequence.targets().length * shape.outputs()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: %d steps with %d ids or %d values and %d targets with %d values, where the shape is %s",
              length,
              sequence.ids().length,
              sequence.values().length,
              sequence.targets().length,
              sequence.valueTargets().length,
              shape));
    }
    requireBelow("id", sequence.ids(), 0, shape.ids());
    requireBelow("target", sequence.targets(), -1, shape.classes() > 0 ? shape.classes() : 1);
    requireFinite("value", sequence.values());
    requireFinite("target value", sequence.valueTargets());
  }

  private void requireBelow(String what, int[] numbers, int lowest, int size) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < lowest || numbers[i] >= size) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "sequences: %s %d, number %d of its sequence, where the shape is %s",
                what,
                numbers[i],
                i,
                shape));
      }
    }
  }

  private static void requireFinite(String what, float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "sequences: %s %s, number %d of its sequence, is no finite number",
                what,
                numbers[i],
                i));
      }
    }
  }

  private static void put(ByteBuffer bytes, float[] numbers) {
    for (float number : numbers) {
      bytes.putFloat(number);
    }
  }

  private static int[] ints(ByteBuffer bytes, int count) {
    var numbers = new int[count];
    IntBuffer view = bytes.asIntBuffer();
    view.get(numbers);
    bytes.position(bytes.position() + count * Integer.BYTES);
    return numbers;
  }

  private static float[] floats(ByteBuffer bytes, int count) {
    var numbers = new float[count];
    FloatBuffer view = bytes.asFloatBuffer();
    view.get(numbers);
    bytes.position(bytes.position() + count * Float.BYTES);
    return numbers;
  }

  private static ByteBuffer read(DataInputStream in, int count) throws IOException {
    var bytes = new byte[count];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
