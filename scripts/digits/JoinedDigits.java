import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Connected digits: recordings of the Free Spoken Digit Dataset, 3 to 7 of one speaker behind one
 * another without a pause between them.
 *
 * <pre>
 *   java scripts/digits/JoinedDigits.java free-spoken-digit-dataset.zip digits
 * </pre>
 *
 * <p>writes WAV files into {@code digits/train}, {@code digits/validation} and {@code digits/test},
 * and {@code digits/transcripts.csv}, lines such as {@code test-00017.wav,seven zero three}. Each
 * part is made of recordings of its own: the test of the official ones, 0 to 4 of each digit and
 * speaker, validation of 5 to 9, training of the others. The recordings of a speaker are shuffled,
 * by a seed, and cut in joined ones, several times over; a rest of fewer than 3 is left.
 */
public class JoinedDigits {
  private static final int LEAST = 3;
  private static final int MOST = 7;

  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  /** DIGIT_SPEAKER_NUMBER.wav. */
  private static final Pattern NAME = Pattern.compile("(?:.*/)?(\\d)_([a-z]+)_(\\d+)\\.wav");

  /**
   * A part of the data.
   *
   * @param from number of its first recordings of each digit and speaker
   * @param to number behind its last ones
   * @param times that each recording is used
   */
  private record Part(String name, int from, int to, int times) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("train", 10, Integer.MAX_VALUE, 5),
          new Part("validation", 5, 10, 3),
          new Part("test", 0, 5, 5));

  private record Recording(int digit, int number, AudioFormat format, byte[] samples) {}

  private final Path folder;
  private final Random random = new Random(1);
  private final StringBuilder transcripts = new StringBuilder();

  private JoinedDigits(Path folder) {
    this.folder = folder;
  }

  /** Arguments: the zip file, and the folder to be made. */
  public static void main(String[] arguments) throws IOException, UnsupportedAudioFileException {
    Map<String, List<Recording>> speakers = read(Path.of(arguments[0]));
    var digits = new JoinedDigits(Path.of(arguments[1]));
    for (Part part : PARTS) {
      digits.write(part, speakers);
    }
    Files.writeString(digits.folder.resolve("transcripts.csv"), digits.transcripts);
  }

  /** The recordings of each speaker, in the order of their names. */
  private static Map<String, List<Recording>> read(Path zip)
      throws IOException, UnsupportedAudioFileException {
    var byName = new TreeMap<String, Recording>();
    try (var file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        Matcher name = NAME.matcher(entry.getName());
        if (name.matches()) {
          try (AudioInputStream sound =
              AudioSystem.getAudioInputStream(
                  new BufferedInputStream(file.getInputStream(entry)))) {
            byName.put(
                name.group(2) + " " + entry.getName(),
                new Recording(
                    Integer.parseInt(name.group(1)),
                    Integer.parseInt(name.group(3)),
                    sound.getFormat(),
                    sound.readAllBytes()));
          }
        }
      }
    }
    var speakers = new TreeMap<String, List<Recording>>();
    byName.forEach(
        (name, recording) ->
            speakers
                .computeIfAbsent(name.substring(0, name.indexOf(' ')), n -> new ArrayList<>())
                .add(recording));
    return speakers;
  }

  private void write(Part part, Map<String, List<Recording>> speakers) throws IOException {
    Files.createDirectories(folder.resolve(part.name()));
    int count = 0;
    for (List<Recording> all : speakers.values()) {
      List<Recording> ofPart =
          new ArrayList<>(
              all.stream()
                  .filter(r -> r.number() >= part.from() && r.number() < part.to())
                  .toList());
      for (int time = 0; time < part.times(); time++) {
        Collections.shuffle(ofPart, random);
        int at = 0;
        while (ofPart.size() - at >= LEAST) {
          int length = Math.min(LEAST + random.nextInt(MOST - LEAST + 1), ofPart.size() - at);
          join(
              ofPart.subList(at, at + length),
              folder.resolve(part.name()),
              String.format(Locale.ROOT, "%s-%05d.wav", part.name(), count++));
          at += length;
        }
      }
    }
  }

  private void join(List<Recording> recordings, Path place, String name) throws IOException {
    AudioFormat format = recordings.get(0).format();
    var samples = new ByteArrayOutputStream();
    var words = new ArrayList<String>();
    for (Recording recording : recordings) {
      if (!recording.format().matches(format)) {
        throw new IOException(name + ": recordings of " + format + " and " + recording.format());
      }
      samples.writeBytes(recording.samples());
      words.add(WORDS.get(recording.digit()));
    }
    var sound =
        new AudioInputStream(
            new ByteArrayInputStream(samples.toByteArray()),
            format,
            samples.size() / format.getFrameSize());
    AudioSystem.write(sound, AudioFileFormat.Type.WAVE, place.resolve(name).toFile());
    transcripts.append(name).append(',').append(String.join(" ", words)).append('\n');
  }
}
