package org.rondo.ingest.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Reads WAV files: PCM of 8, 16, 24 or 32 bits, or 32-bit float, at any rate up to 1,000,000
 * samples in a second. Several channels are mixed to one, their mean.
 */
public final class WavReader {
  private static final String RIFF = "RIFF";
  private static final String KINDS = "PCM of 8, 16, 24 or 32 bits and 32-bit float are read";

  private WavReader() {}

  /** How one sample lies in the bytes of its channel. */
  private enum Coding {
    UNSIGNED_8(1),
    SIGNED_16(2),
    SIGNED_24(3),
    SIGNED_32(4),
    FLOAT_32(4);

    private final int bytes;

    Coding(int bytes) {
      this.bytes = bytes;
    }

    static Coding of(AudioFormat format) {
      Encoding encoding = format.getEncoding();
      int bits = format.getSampleSizeInBits();
      if (encoding.equals(Encoding.PCM_UNSIGNED) && bits == 8) {
        return UNSIGNED_8;
      }
      if (encoding.equals(Encoding.PCM_FLOAT) && bits == 32) {
        return FLOAT_32;
      }
      for (Coding coding : new Coding[] {SIGNED_16, SIGNED_24, SIGNED_32}) {
        if (encoding.equals(Encoding.PCM_SIGNED) && bits == 8 * coding.bytes) {
          return coding;
        }
      }
      return null;
    }

    /** From -1 to 1. */
    double sample(ByteBuffer data, int at) {
      return switch (this) {
        case UNSIGNED_8 -> ((data.get(at) & 0xff) - 128) / 128.0;
        case SIGNED_16 -> data.getShort(at) / 32_768.0;
        case SIGNED_24 -> signed24(data, at) / 8_388_608.0;
        case SIGNED_32 -> data.getInt(at) / 2_147_483_648.0;
        case FLOAT_32 -> data.getFloat(at);
      };
    }

    private static int signed24(ByteBuffer data, int at) {
      return (data.get(at + 2) << 16) | (data.getShort(at) & 0xffff);
    }
  }

  /**
   * Reads a file.
   *
   * @param content all of its bytes
   * @param file its name, for errors
   * @throws SoundException naming the file, if it is no WAV file of these kinds, ends before its
   *     header says, or holds no sound or a sample that is no finite number
   */
  public static Waveform read(byte[] content, String file) {
    requireRiff(content, file); // else readers of other kinds of sound would be asked
    try (AudioInputStream stream = opened(content)) {
      AudioFormat format = stream.getFormat();
      Coding coding = Coding.of(format);
      if (coding == null || format.isBigEndian()) {
        throw refused(file, "is of %s; %s", format, KINDS);
      }
      long frames = stream.getFrameLength();
      int frameBytes = coding.bytes * format.getChannels();
      if (frameBytes < 1 || format.getFrameSize() != frameBytes) {
        throw refused(
            file,
            "says of its frames that they have %d bytes, with %d channels of %d bytes each",
            format.getFrameSize(),
            format.getChannels(),
            coding.bytes);
      }
      byte[] data = data(stream, content.length - content.length % frameBytes);
      if (data.length < frames * frameBytes) {
        throw refused(
            file,
            "is cut off: its header says %d samples, it holds %d",
            frames,
            data.length / frameBytes);
      }
      if (data.length < frameBytes) {
        throw refused(file, "holds no sound");
      }
      return new Waveform(samples(data, coding, format.getChannels(), file), rate(format, file));
    } catch (UnsupportedAudioFileException e) {
      String problem = "is no WAV file of a known kind: " + e.getMessage();
      throw new SoundException(file, problem + "; " + KINDS, e);
    } catch (IOException e) {
      throw new SoundException(file, "is no whole WAV file: " + e.getMessage(), e);
    }
  }

  /** Readers of the JDK compute with what a header says, and some check too little of it. */
  private static AudioInputStream opened(byte[] content)
      throws UnsupportedAudioFileException, IOException {
    try {
      return AudioSystem.getAudioInputStream(new ByteArrayInputStream(content));
    } catch (RuntimeException e) {
      throw new IOException("its header says what cannot be", e);
    }
  }

  private static void requireRiff(byte[] content, String file) {
    boolean riff =
        content.length >= RIFF.length()
            && new String(content, 0, RIFF.length(), StandardCharsets.ISO_8859_1).equals(RIFF);
    if (!riff) {
      throw refused(file, "is no WAV file: its %d bytes do not begin with RIFF", content.length);
    }
  }

  /**
   * What the stream holds, in one buffer: it gives whole frames alone, so that of one that is
   * longer than the buffer it would give nothing again and again.
   *
   * @param most bytes, of whole frames
   */
  private static byte[] data(AudioInputStream stream, int most) throws IOException {
    var data = new byte[most];
    int length = 0;
    int count = 1;
    while (count > 0 && length < most) {
      count = stream.read(data, length, most - length);
      length += Math.max(0, count);
    }
    return Arrays.copyOf(data, length);
  }

  private static int rate(AudioFormat format, String file) {
    int rate = Math.round(format.getSampleRate());
    if (rate < 1 || rate > SpeechFrames.MOST_RATE) {
      throw refused(
          file,
          "has a rate of %d samples in a second; 1 to %d are read",
          rate,
          SpeechFrames.MOST_RATE);
    }
    return rate;
  }

  private static float[] samples(byte[] bytes, Coding coding, int channels, String file) {
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var samples = new float[bytes.length / (coding.bytes * channels)];
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += coding.sample(data, (i * channels + c) * coding.bytes);
      }
      samples[i] = (float) (sum / channels);
      if (!Float.isFinite(samples[i])) {
        throw refused(file, "holds %s at sample %d", samples[i], i);
      }
    }
    return samples;
  }

  private static SoundException refused(String file, String sentence, Object... values) {
    return new SoundException(file, String.format(Locale.ROOT, sentence, values), null);
  }
}
