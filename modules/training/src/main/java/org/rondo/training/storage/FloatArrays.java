package org.rondo.training.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Locale;
import org.rondo.ingest.Sha256;

/** Float vectors as little-endian float32 bytes. */
public final class FloatArrays {
  private static final int BLOCK = 1 << 14;

  private FloatArrays() {}

  /** SHA-256 of the bytes, in hexadecimal. */
  public static String sha256(float[] values) {
    MessageDigest digest = Sha256.begin();
    try {
      write(Files.digesting(OutputStream.nullOutputStream(), digest), values, 0, values.length);
    } catch (IOException e) {
      throw new IllegalStateException("a stream to nowhere failed", e);
    }
    return Sha256.end(digest);
  }

  public static void write(OutputStream out, float[] values, int from, int count)
      throws IOException {
    var bytes = new byte[BLOCK * Float.BYTES];
    FloatBuffer floats = littleEndian(bytes);
    for (int at = 0; at < count; at += BLOCK) {
      int length = Math.min(BLOCK, count - at);
      floats.put(0, values, from + at, length);
      out.write(bytes, 0, length * Float.BYTES);
    }
  }

  /** Fills {@code values[from..from+count)}; throws EOFException where the bytes end early. */
  public static void read(InputStream in, float[] values, int from, int count) throws IOException {
    var bytes = new byte[BLOCK * Float.BYTES];
    FloatBuffer floats = littleEndian(bytes);
    for (int at = 0; at < count; at += BLOCK) {
      int length = Math.min(BLOCK, count - at);
      readFully(in, bytes, length * Float.BYTES);
      floats.get(0, values, from + at, length);
    }
  }

  private static FloatBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  static void readFully(InputStream in, byte[] target, int count) throws IOException {
    int read = in.readNBytes(target, 0, count);
    if (read < count) {
      throw new EOFException(String.format(Locale.ROOT, "ends %d bytes early", count - read));
    }
  }
}
