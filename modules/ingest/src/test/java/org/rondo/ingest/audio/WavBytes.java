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

  /** PCM, as its longer header says. */
  static final int EXTENSIBLE = 0xFFFE;

  private static final byte[] OF_PCM = {
    1, 0, 0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
  };

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
    int more = format == EXTENSIBLE ? 8 + OF_PCM.length : 0;
    ByteBuffer header = ByteBuffer.allocate(44 + more).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("RIFF")).putInt(36 + more + claimed).put(ascii("WAVE"));
    header.put(ascii("fmt ")).putInt(16 + more).putShort((short) format).putShort((short) channels);
    header.putInt(rate).putInt(rate * frame).putShort((short) frame).putShort((short) bits);
    if (more > 0) {
      int speakers = (1 << channels) - 1;
      header.putShort((short) (more - 2)).putShort((short) bits).putInt(speakers).put(OF_PCM);
    }
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
