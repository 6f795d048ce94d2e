package org.rondo.interop.dl4j;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * The parameters in a zip of DL4J's: a description of shape and strides, then the values, each
 * behind a header of three: how it was allocated, its length, its type. Read here and not by ND4J,
 * which would allocate whatever length a file claims.
 */
final class Coefficients {
  /** Of older releases, whose lengths have 32 bits. */
  private static final Set<String> OF_INT_LENGTH = Set.of("DIRECT", "HEAP", "JAVACPP");

  /** Of an array of 32 dimensions. */
  private static final long LONGEST_SHAPE = 2 * 32 + 4;

  /** Values that memory is asked for at first; for more as they are read. */
  private static final int FIRST_PIECE = 1 << 16;

  private Coefficients() {}

  private record Header(long length, String type) {
    static Header read(DataInputStream in) throws IOException {
      String allocation = in.readUTF();
      long length = OF_INT_LENGTH.contains(allocation) ? in.readInt() : in.readLong();
      return new Header(length, in.readUTF());
    }
  }

  /**
   * Reads values of type FLOAT or DOUBLE.
   *
   * @param expected how many values there must be
   * @throws IOException if there is something else, saying what
   */
  static float[] read(DataInputStream in, int expected) throws IOException {
    skipShape(in);
    Header header = Header.read(in);
    if (header.length != expected) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%d parameters, configuration.json describes %d",
              header.length,
              expected));
    }
    boolean wide = header.type.equals("DOUBLE");
    if (!wide && !header.type.equals("FLOAT")) {
      throw new IOException(
          String.format(Locale.ROOT, "parameters of type %s, not FLOAT or DOUBLE", header.type));
    }
    var values = new float[Math.min(expected, FIRST_PIECE)];
    for (int i = 0; i < expected; i++) {
      if (i == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(expected, 2L * i));
      }
      values[i] = wide ? (float) in.readDouble() : in.readFloat();
    }
    return values;
  }

  private static void skipShape(DataInputStream in) throws IOException {
    Header header = Header.read(in);
    int bytes = header.type.equals("LONG") ? Long.BYTES : Integer.BYTES;
    if (header.length < 0 || header.length > LONGEST_SHAPE) {
      throw new IOException(
          String.format(Locale.ROOT, "a shape described by %d numbers", header.length));
    }
    in.skipNBytes(header.length * bytes);
  }
}
