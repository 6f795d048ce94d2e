package org.rondo.ingest.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files, byte by byte. */
final class WavBytes {
  /** Format tags. */
  static final int PCM = 1;

  static final int FLOAT = 3;
  static final int MU_LAW = 7;
  static final int IMA_ADPCM = 0x11;

  private WavBytes() {}

  /** A file of a header and samples. */
  static byte[] of(int format, int channels, int rate, int bits, byte[] data) {
    return of(format, channels, rate, bits, data, data.length);
  }

  /**
   * @param claimed bytes of samples, as the header says
   */
  static byte[] of(int format, int channels, int rate, int bits, byte[] data, int claimed) {
    int frame = channels * bits / 8;
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("RIFF")).putInt(36 + claimed).put(ascii("WAVE"));
    header.put(ascii("fmt ")).putInt(16).putShort((short) format).putShort((short) channels);
    header.putInt(rate).putInt(rate * frame).putShort((short) frame).putShort((short) bits);
    header.put(ascii("data")).putInt(claimed);
    var file = new ByteArrayOutputStream();
    file.writeBytes(header.array());
    file.writeBytes(data);
    return file.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Little-endian numbers of so many bytes. */
  static byte[] numbers(int bytes, long... values) {
    var data = new byte[bytes * values.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (values[i / bytes] >> (8 * (i % bytes)));
    }
    return data;
  }
}
