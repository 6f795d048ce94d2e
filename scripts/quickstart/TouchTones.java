import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Recordings of numbers that are dialled on a telephone's keys: two tones for each digit (ITU-T
 * Q.23), of uneven lengths, loudness and pauses, in noise. A file's name is its number in the
 * folder and what was dialled, such as {@code 0017-8264.wav}.
 *
 * <pre>
 *   java scripts/quickstart/TouchTones.java FOLDER 600             # numbers of 2 to 8 digits
 *   java scripts/quickstart/TouchTones.java FOLDER 2 4711 18005    # these numbers
 * </pre>
 */
public class TouchTones {
  private static final int RATE = 8000;
  private static final double[] LOW = {941, 697, 697, 697, 770, 770, 770, 852, 852, 852};
  private static final double[] HIGH = {1336, 1209, 1336, 1477, 1209, 1336, 1477, 1209, 1336, 1477};

  private TouchTones() {}

  /** Sound of a number: 16 bits a sample, little-endian. */
  private static byte[] sound(String number, SplittableRandom random) {
    double loudness = 0.05 + 0.3 * random.nextDouble();
    double noise = 0.02 * random.nextDouble();
    double[] samples = {};
    for (char digit : number.toCharArray()) {
      int from = samples.length;
      int tone = milliseconds(50, 120, random);
      samples = Arrays.copyOf(samples, from + tone + milliseconds(30, 100, random));
      for (int i = 0; i < tone; i++) {
        double angle = 2 * Math.PI * i / RATE;
        samples[from + i] =
            loudness * (Math.sin(LOW[digit - '0'] * angle) + Math.sin(HIGH[digit - '0'] * angle));
      }
    }
    var bytes = new byte[2 * samples.length];
    for (int i = 0; i < samples.length; i++) {
      int sample = (int) (32767 * (samples[i] + noise * random.nextGaussian()));
      bytes[2 * i] = (byte) sample;
      bytes[2 * i + 1] = (byte) (sample >> 8);
    }
    return bytes;
  }

  private static int milliseconds(int least, int most, SplittableRandom random) {
    return random.nextInt(least, most) * RATE / 1000;
  }

  private static String number(SplittableRandom random) {
    var digits = new StringBuilder();
    for (int n = random.nextInt(2, 9); n > 0; n--) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  /** Arguments: the folder to be made, how many recordings, and numbers for them, else drawn. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    var format = new AudioFormat(RATE, 16, 1, true, false);
    var random = new SplittableRandom(arguments.length);
    for (int n = 0; n < Integer.parseInt(arguments[1]); n++) {
      String number = arguments.length > n + 2 ? arguments[n + 2] : number(random);
      byte[] sound = sound(number, random);
      var stream = new AudioInputStream(new ByteArrayInputStream(sound), format, sound.length / 2);
      Path file = folder.resolve(String.format(Locale.ROOT, "%04d-%s.wav", n, number));
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
    }
  }
}
