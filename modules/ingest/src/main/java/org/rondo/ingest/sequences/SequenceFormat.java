package org.rondo.ingest.sequences;

import java.io.EOFException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a sequence stands in a part, little-endian: the numbers of its steps and of its targets as
 * two int32, then its ids or its float32 values, step by step, then its targets, then their float32
 * values, if targets are values. Targets are labels of the sequence, or those of its last steps, as
 * the network takes them.
 *
 * <p>An id takes 1, 2 or 4 bytes, as the bound of its column allows, and so does a target, which is
 * written plus 1, so that no target is 0. Values that are {@linkplain ByteValues bytes} take one
 * each: the number of steps n is then written as -1 - n, and that of targets likewise where their
 * values are. A sequence of another weight than 1 has it as a float32 behind these two numbers, and
 * {@link #WEIGHTED} added to that of targets before it is marked.
 *
 * <p>Before version 5 of the format no sequence had a weight. Before version 4 of the format no
 * values were written as bytes. Before version 3 a sequence had no more targets than steps. In
 * version 1 ids and targets took 4 bytes, and a target was written as it is.
 *
 * <p>Travels with a shard, so its fields are plain values and not records, which some serializers
 * of Spark cannot restore.
 */
final class SequenceFormat implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The format that is written. */
  static final int VERSION = 5;

  /** The oldest format that is read. */
  static final int OLDEST = 1;

  /** More targets than a sequence has. */
  private static final int WEIGHTED = 1 << 30;

  /** Bytes of the two numbers that a sequence begins with. */
  static final int HEAD = 2 * Integer.BYTES;

  /** {@code (K)}: below what the ids of each column are. */
  private final int[] bounds;

  /** {@code (K)}: bytes of an id of each column. */
  private final int[] idBytes;

  private final int inputs;
  private final int classes;
  private final int outputs;
  private final int targetBytes;
  private final int targetShift;

  SequenceFormat(int version, SequenceShape shape) {
    boolean packed = version > OLDEST;
    inputs = shape.inputs();
    classes = shape.classes();
    outputs = shape.outputs();
    bounds = shape.ids().stream().mapToInt(Integer::intValue).toArray();
    idBytes = Arrays.stream(bounds).map(b -> packed ? bytesBelow(b) : Integer.BYTES).toArray();
    targetBytes = packed ? bytesBelow(targetBound() + 1L) : Integer.BYTES;
    targetShift = packed ? 1 : 0;
  }

  /** Where targets are values, 0 says that a step has one. */
  private int targetBound() {
    return Math.max(1, classes);
  }

  /** What it was made for, as an error shows it. */
  private SequenceShape shape() {
    return new SequenceShape(Arrays.stream(bounds).boxed().toList(), inputs, classes, outputs);
  }

  private static int bytesBelow(long bound) {
    if (bound <= 1 << Byte.SIZE) {
      return Byte.BYTES;
    }
    return bound <= 1 << Short.SIZE ? Short.BYTES : Integer.BYTES;
  }

  /**
   * The bytes of a sequence.
   *
   * @throws IllegalArgumentException if it is not of the shape, naming what is not
   */
  byte[] encode(Sequence sequence) {
    check(sequence);
    int length = marked(sequence.length(), sequence.values());
    float weight = sequence.weight();
    int count = sequence.targets().length | (weight == 1 ? 0 : WEIGHTED);
    int targets = marked(count, sequence.valueTargets());
    int size = Math.toIntExact(size(length, targets));
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(length).putInt(targets);
    if (weight != 1) {
      bytes.putFloat(weight);
    }
    int[] ids = sequence.ids();
    for (int i = 0; i < ids.length; i++) {
      put(bytes, ids[i], idBytes[i % idBytes.length]);
    }
    put(bytes, sequence.values(), length);
    for (int target : sequence.targets()) {
      put(bytes, target + targetShift, targetBytes);
    }
    put(bytes, sequence.valueTargets(), targets);
    return bytes.array();
  }

  /** A number of steps or targets, with a mark where their values are bytes. */
  private static int marked(int count, float[] values) {
    return ByteValues.are(values) ? ~count : count;
  }

  private static int count(int marked) {
    return marked < 0 ? ~marked : marked;
  }

  private static int targetCount(int marked) {
    return count(marked) & ~WEIGHTED;
  }

  private static boolean isWeighted(int markedTargets) {
    return (count(markedTargets) & WEIGHTED) != 0;
  }

  /**
   * Bytes of the sequence that begins with that head, the head included.
   *
   * @param left bytes that the part still holds, against which lengths are checked
   * @throws EOFException if the part ends within it
   */
  int size(byte[] head, long left) throws EOFException {
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt();
    int targets = bytes.getInt();
    if ((length >= 0 || inputs > 0) && (targets >= 0 || outputs > 0)) {
      long size = size(length, targets);
      if (size <= Math.min(left, Integer.MAX_VALUE - HEAD)) {
        return (int) size;
      }
    }
    throw new EOFException(
        String.format(
            Locale.ROOT,
            "a sequence of %d steps and %d targets where %d bytes are left",
            length,
            targets,
            left));
  }

  /** Of both numbers as they are written. */
  private long size(int length, int targets) {
    long step = Arrays.stream(idBytes).sum() + bytes(length) * inputs;
    long target = targetBytes + bytes(targets) * outputs;
    int weight = isWeighted(targets) ? Float.BYTES : 0;
    return HEAD + weight + count(length) * step + targetCount(targets) * target;
  }

  /** Of a value. */
  private static long bytes(int marked) {
    return marked < 0 ? Byte.BYTES : Float.BYTES;
  }

  /** Steps of a sequence, by its head. */
  static int length(byte[] encoded) {
    return count(ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  /**
   * What {@link #encode} wrote.
   *
   * @param encoded stands at its beginning
   * @throws IllegalArgumentException if it is not of the shape, naming what is not
   */
  Sequence decode(ByteBuffer encoded) {
    ByteBuffer bytes = encoded.order(ByteOrder.LITTLE_ENDIAN);
    int markedLength = bytes.getInt();
    int markedTargets = bytes.getInt();
    int length = count(markedLength);
    float weight = isWeighted(markedTargets) ? bytes.getFloat() : 1;
    var marks = new int[targetCount(markedTargets)];
    var ids = new int[length * idBytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = get(bytes, idBytes[i % idBytes.length]);
    }
    float[] values = values(bytes, length * inputs, markedLength);
    for (int i = 0; i < marks.length; i++) {
      marks[i] = get(bytes, targetBytes) - targetShift;
    }
    float[] valueTargets = values(bytes, marks.length * outputs, markedTargets);
    var sequence = new Sequence(length, ids, values, marks, valueTargets);
    check(sequence);
    return sequence.withWeight(weight);
  }

  private void check(Sequence sequence) {
    int length = sequence.length();
    if (sequence.ids().length != (long) length * bounds.length
        || sequence.values().length != (long) length * inputs
        || sequence.valueTargets().length != (long) sequence.targets().length * outputs) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: %d steps with %d ids or %d values and %d targets with %d values, where the shape is %s",
              length,
              sequence.ids().length,
              sequence.values().length,
              sequence.targets().length,
              sequence.valueTargets().length,
              shape()));
    }
    for (int i = 0; i < sequence.ids().length; i++) {
      requireBelow("id", sequence.ids(), i, 0, bounds[i % bounds.length]);
    }
    for (int i = 0; i < sequence.targets().length; i++) {
      requireBelow("target", sequence.targets(), i, -1, targetBound());
    }
    requireFinite("value", sequence.values());
    requireFinite("target value", sequence.valueTargets());
  }

  private void requireBelow(String what, int[] numbers, int i, int lowest, int bound) {
    if (numbers[i] < lowest || numbers[i] >= bound) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: %s %d, number %d of its sequence, where the shape is %s",
              what,
              numbers[i],
              i,
              shape()));
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

  private static void put(ByteBuffer bytes, int number, int width) {
    switch (width) {
      case Byte.BYTES -> bytes.put((byte) number);
      case Short.BYTES -> bytes.putShort((short) number);
      default -> bytes.putInt(number);
    }
  }

  private static int get(ByteBuffer bytes, int width) {
    return switch (width) {
      case Byte.BYTES -> Byte.toUnsignedInt(bytes.get());
      case Short.BYTES -> Short.toUnsignedInt(bytes.getShort());
      default -> bytes.getInt();
    };
  }

  private static void put(ByteBuffer bytes, float[] numbers, int marked) {
    if (marked < 0) {
      ByteValues.put(bytes, numbers);
      return;
    }
    for (float number : numbers) {
      bytes.putFloat(number);
    }
  }

  private static float[] values(ByteBuffer bytes, int count, int marked) {
    if (marked < 0) {
      return ByteValues.get(bytes, count);
    }
    var numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = bytes.getFloat();
    }
    return numbers;
  }
}
