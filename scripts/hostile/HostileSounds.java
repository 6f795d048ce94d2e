import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Recordings of unusual formats, and files that are no recordings, named {@code
 * KIND-TRANSCRIPT.wav}.
 *
 * <pre>
 *   java scripts/hostile/HostileSounds.java FOLDER
 * </pre>
 *
 * <p>writes what can be heard, a second of a tone in each format, into {@code FOLDER/heard}, and
 * what cannot into {@code FOLDER/refused}, and a transcript with a letter among digits into {@code
 * FOLDER/unseen}.
 */
public class HostileSounds {
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int MU_LAW = 7;

  private final Path folder;

  private HostileSounds(Path folder) {
    this.folder = folder;
  }

  /** Argument: the folder to be made. */
  public static void main(String[] arguments) throws IOException {
    new HostileSounds(Path.of(arguments[0])).write();
  }

  private void write() throws IOException {
    byte[] sound = wav(PCM, 1, 8000, 16, 1);
    put("heard/mono_16_bits", sound);
    put("heard/8_bits", wav(PCM, 1, 8000, 8, 1));
    put("heard/24_bits", wav(PCM, 1, 8000, 24, 1));
    put("heard/32_bit_float", wav(FLOAT, 1, 8000, 32, 1));
    put("heard/stereo", wav(PCM, 2, 8000, 16, 1));
    put("heard/44100_Hz", wav(PCM, 1, 44_100, 16, 1));
    put("heard/44100_Hz_stereo_float", wav(FLOAT, 2, 44_100, 32, 1));
    put("heard/silence", wav(PCM, 1, 8000, 16, 0));

    put("refused/truncated", Arrays.copyOf(sound, sound.length / 2));
    put("refused/half_a_header", Arrays.copyOf(sound, 30));
    put("refused/no_samples", Arrays.copyOf(wav(PCM, 1, 8000, 16, 1, 0), 44));
    put("refused/text", "seven\n".getBytes(StandardCharsets.UTF_8));
    put("refused/mp3", new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0});
    put("refused/telephone_code", wav(MU_LAW, 1, 8000, 8, 1));
    put("refused/not_a_number", wav(FLOAT, 1, 8000, 32, Double.NaN));
    put("refused/rate_of_2_billion", wav(PCM, 1, 2_000_000_000, 16, 1, 8000));
    put("refused/an_hour", wav(PCM, 1, 8000, 8, 1, 3600 * 8000));
    write("refused/short_for_its_transcript-7777777.wav", wav(PCM, 1, 8000, 16, 1, 400));
    write("unseen/unseen_symbol-7x.wav", sound);
  }

  private void put(String kind, byte[] bytes) throws IOException {
    write(kind + "-7.wav", bytes);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] wav(int kind, int channels, int rate, int bits, double volume) {
    return wav(kind, channels, rate, bits, volume, rate);
  }

  /** A tone of 440 Hz in a WAV file of that many frames. */
  private static byte[] wav(
      int kind, int channels, int rate, int bits, double volume, int frames) {
    int bytes = bits / 8;
    int length = frames * channels * bytes;
    ByteBuffer file = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(36 + length).put(ascii("WAVEfmt ")).putInt(16);
    file.putShort((short) kind).putShort((short) channels).putInt(rate);
    file.putInt(rate * channels * bytes).putShort((short) (channels * bytes)).putShort((short) bits);
    file.put(ascii("data")).putInt(length);
    for (int frame = 0; frame < frames; frame++) {
      double value = volume * 0.5 * Math.sin(2 * Math.PI * 440 * frame / rate);
      for (int channel = 0; channel < channels; channel++) {
        if (kind == FLOAT) {
          file.putFloat((float) value);
        } else {
          // Samples of 8 bits have no sign.
          long sample = Math.round(value * (1L << (bits - 1))) + (bits == 8 ? 128 : 0);
          for (int i = 0; i < bytes; i++) {
            file.put((byte) (sample >> 8 * i));
          }
        }
      }
    }
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
