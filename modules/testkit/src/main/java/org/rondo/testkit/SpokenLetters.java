package org.rondo.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Recordings of "spoken" letters: each is a tone of its own of 60 ms, and 30 ms of silence. */
public final class SpokenLetters {
  /** Samples in a second. */
  public static final int RATE = 8000;

  private SpokenLetters() {}

  /** What a WAV file of the letters holds; a space is a silent one. */
  public static byte[] wav(String text) {
    return wav(text, 9000);
  }

  /**
   * As {@link #wav(String)}, as loud as asked.
   *
   * @param loudness greatest sample, below 32,768
   */
  public static byte[] wav(String text, int loudness) {
    int tone = RATE * 60 / 1000;
    int pause = RATE * 30 / 1000;
    var data = ByteBuffer.allocate(44 + 2 * (tone + pause) * text.length());
    data.order(ByteOrder.LITTLE_ENDIAN).put("RIFF".getBytes(StandardCharsets.US_ASCII));
    data.putInt(data.capacity() - 8).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
    data.putInt(16).putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    data.putShort((short) 2).putShort((short) 16);
    data.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.capacity() - 44);
    for (int letter : text.chars().toArray()) {
      double hertz = letter == ' ' ? 0 : 300 * (1 + letter - 'a');
      for (int i = 0; i < tone; i++) {
        data.putShort((short) (loudness * Math.sin(2 * Math.PI * hertz * i / RATE)));
      }
      data.position(data.position() + 2 * pause);
    }
    return data.array();
  }
}
