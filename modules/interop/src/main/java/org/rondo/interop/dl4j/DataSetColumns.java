package org.rondo.interop.dl4j;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.models.Minibatch;

/** Reads DL4J's arrays {@code (B,F,T)}, a column for each sequence and step, and its masks. */
final class DataSetColumns {
  private DataSetColumns() {}

  /** Whether a step of a sequence counts. */
  interface Counted {
    boolean at(int sequence, int step);
  }

  /** The steps within the lengths of sequences. */
  static Counted counted(int[] lengths) {
    return (b, t) -> t < lengths[b];
  }

  /**
   * The steps of sequences that a mask of labels leaves.
   *
   * @param mask {@code (B,T)}; null leaves all
   */
  static Counted counted(List<Sequence> sequences, INDArray mask, int steps) {
    if (mask == null) {
      return (b, t) -> t < sequences.get(b).length();
    }
    requireMask("labels'", mask, sequences.size(), steps);
    float[] ones = rowMajor(mask);
    return (b, t) -> t < sequences.get(b).length() && ones[b * steps + t] != 0;
  }

  /**
   * Lengths that a mask of features gives.
   *
   * @param mask {@code (B,T)}; null: all sequences are T steps long
   * @throws IngestException if there is padding before a step
   */
  static int[] lengths(INDArray mask, int batch, int steps) {
    var lengths = new int[batch];
    if (mask == null) {
      Arrays.fill(lengths, steps);
      return lengths;
    }
    requireMask("features'", mask, batch, steps);
    float[] ones = rowMajor(mask);
    for (int b = 0; b < batch; b++) {
      while (lengths[b] < steps && ones[b * steps + lengths[b]] != 0) {
        lengths[b]++;
      }
      for (int t = lengths[b]; t < steps; t++) {
        if (ones[b * steps + t] != 0) {
          throw broken(
              String.format(
                  Locale.ROOT,
                  "the features' mask of sequence %d is 0 at step %d and 1 at step %d; let padding stand behind a sequence",
                  b,
                  lengths[b],
                  t));
        }
      }
    }
    return lengths;
  }

  private static void requireMask(String whose, INDArray mask, int batch, int steps) {
    if (mask.rank() != 2 || mask.size(0) != batch || mask.size(1) != steps) {
      throw broken(
          String.format(
              Locale.ROOT,
              "the %s mask of shape %s; expected (%d,%d)",
              whose,
              shape(mask),
              batch,
              steps));
    }
  }

  /**
   * Values step by step.
   *
   * @param what they are, for the message
   * @param width F
   * @return {@code (B,T,F)}
   * @throws IngestException if these are no columns of that width
   */
  static float[] values(String what, INDArray array, int width) {
    if (array.rank() != 3 || array.size(1) != width) {
      throw broken(
          String.format(
              Locale.ROOT, "%s of shape %s; the network has (B,%d,T)", what, shape(array), width));
    }
    return rowMajor(array.permute(0, 2, 1));
  }

  /**
   * Classes, or ids, step by step.
   *
   * @param what one of them is, for the message
   * @param array {@code (B,C,T)} one-hot columns; or {@code (B,1,T)} or {@code (B,T)} numbers
   * @param classes below which they must be
   * @return {@code (B,T)}; {@link Minibatch#NO_TARGET} where a step does not count
   * @throws IngestException if one that counts is none of the classes
   */
  static int[][] classes(String what, INDArray array, int classes, Counted counted) {
    long columns = array.rank() == 3 ? array.size(1) : 1;
    if (columns != classes && columns != 1) {
      throw broken(
          String.format(
              Locale.ROOT,
              "%ss of shape %s; the network has %d: expected one-hot columns (B,%d,T), or numbers (B,1,T)",
              what,
              shape(array),
              classes,
              classes));
    }
    boolean hot = columns == classes && array.rank() == 3;
    float[] numbers = hot ? places(what, array, counted) : rowMajor(array);
    int batch = (int) array.size(0);
    int steps = (int) array.size(array.rank() - 1);
    var found = new int[batch][steps];
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < steps; t++) {
        float number = numbers[b * steps + t];
        boolean counts = counted.at(b, t);
        if (counts && (number != (int) number || number < 0 || number >= classes)) {
          throw broken(
              String.format(
                  Locale.ROOT,
                  "the %s at step %d of sequence %d is %s; the network has %d",
                  what,
                  t,
                  b,
                  number,
                  classes));
        }
        found[b][t] = counts ? (int) number : Minibatch.NO_TARGET;
      }
    }
    return found;
  }

  /**
   * Where the one of each column stands.
   *
   * @return {@code (B,T)}
   */
  private static float[] places(String what, INDArray array, Counted counted) {
    float[] largest = rowMajor(array.max(1));
    float[] sums = rowMajor(array.sum(1));
    int steps = (int) array.size(2);
    for (int i = 0; i < sums.length; i++) {
      if (counted.at(i / steps, i % steps) && (largest[i] != 1 || sums[i] != 1)) {
        throw broken(
            String.format(
                Locale.ROOT,
                "the %s at step %d of sequence %d is not one-hot: its values sum to %s, the largest is %s",
                what,
                i % steps,
                i / steps,
                sums[i],
                largest[i]));
      }
    }
    return rowMajor(array.argMax(1));
  }

  /**
   * The values with the last index running fastest. Where they lie like that as float32 they are
   * read in one pass; else ND4J brings them into that order first.
   */
  private static float[] rowMajor(INDArray array) {
    INDArray cast = array.castTo(DataType.FLOAT); // itself, if it is one
    INDArray ordered = liesInOrder(cast) ? cast : cast.dup('c');
    var values = new float[Math.toIntExact(array.length())];
    try {
      new FloatPointer(ordered.data().addressPointer()).get(values);
    } finally {
      Reference.reachabilityFence(ordered); // a bare pointer does not keep the memory
    }
    return values;
  }

  private static boolean liesInOrder(INDArray array) {
    long stride = 1;
    for (int i = array.rank() - 1; i >= 0; i--) {
      if (array.size(i) > 1 && array.stride(i) != stride) {
        return false;
      }
      stride *= array.size(i);
    }
    return true;
  }

  /** As messages show it. */
  static String shape(INDArray array) {
    return array == null ? "none" : Arrays.toString(array.shape());
  }

  /** The error for data that do not fit the network. */
  static IngestException broken(String message) {
    return new IngestException("data set: " + message);
  }
}
