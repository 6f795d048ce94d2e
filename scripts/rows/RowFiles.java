import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the same rows in many ways into a folder: labelled texts as csv, json and parquet, tagged
 * sentences as conll, json and parquet, recordings with transcripts as parquet and orc, each in
 * several numbers of files. FORMAT-N holds N files; each has the rows in an order of its own.
 */
public class RowFiles {
  private static final String[] FILLERS = {
    "the", "film", "was", "seen", "by", "us", "in", "\"May\"", "10,5", "Köln", "twice", "and"
  };
  private static final String[][] SIGNS = {{"good", "Fine", "lovely"}, {"bad", "awful", "dull"}};
  private static final String[] LABELS = {"glad", "sad"};
  private static final String[] FIRST = {"Anna", "Jörg", "Maria", "Tom"};
  private static final String[] LAST = {"Berg", "Novak", "Smith-Lee"};
  private static final String[] PLACES = {"Bern", "Oslo", "Lima"};

  /** Arguments: the folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SparkSession spark =
        SparkSession.builder()
            .appName("rows")
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    var texts = StructType.fromDDL("number INT, text STRING, label STRING");
    var sentences = StructType.fromDDL("tokens ARRAY<STRING>, tags ARRAY<STRING>");
    var sounds = StructType.fromDDL("audio BINARY, transcript STRING");
    for (int files : new int[] {1, 2, 7}) {
      for (String format : new String[] {"csv", "json", "parquet"}) {
        write(spark, shuffled(texts(600), files), texts, files, format, folder.resolve("texts"));
      }
      List<Row> tagged = shuffled(sentences(400), files);
      for (String format : new String[] {"json", "parquet"}) {
        write(spark, tagged, sentences, files, format, folder.resolve("sentences"));
      }
      for (String format : new String[] {"parquet", "orc"}) {
        write(spark, shuffled(sounds(200), files), sounds, files, format, folder.resolve("sounds"));
      }
      conll(tagged, files, folder.resolve("sentences/conll-" + files));
    }
    spark.stop();
  }

  private static List<Row> shuffled(List<Row> rows, int seed) {
    Collections.shuffle(rows, new Random(seed));
    return rows;
  }

  private static void write(
      SparkSession spark, List<Row> rows, StructType schema, int files, String format, Path place) {
    Dataset<Row> frame = spark.createDataFrame(rows, schema).repartition(files);
    frame.write().format(format).option("header", true).save(place + "/" + format + "-" + files);
  }

  /** Texts of two labels. Some are equal in all but their numbers, and one is empty. */
  private static List<Row> texts(int count) {
    var random = new Random(1);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(2);
      var words = new ArrayList<String>();
      for (int w = random.nextInt(9); w >= 0; w--) {
        words.add(FILLERS[random.nextInt(FILLERS.length)]);
      }
      words.add(random.nextInt(words.size()), SIGNS[label][random.nextInt(3)]);
      rows.add(RowFactory.create(i, i == 77 ? "" : String.join(" ", words), LABELS[label]));
    }
    return rows;
  }

  /** Sentences in which persons, of one word or two, and places are marked. */
  private static List<Row> sentences(int count) {
    var random = new Random(2);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      var tokens = new ArrayList<String>();
      var tags = new ArrayList<String>();
      for (int w = 2 + random.nextInt(8); w > 0; w--) {
        switch (random.nextInt(6)) {
          case 0 -> {
            tokens.addAll(List.of(FIRST[random.nextInt(4)], LAST[random.nextInt(3)]));
            tags.addAll(List.of("B-PER", "I-PER"));
          }
          case 1 -> {
            tokens.add(PLACES[random.nextInt(3)]);
            tags.add("B-LOC");
          }
          default -> {
            tokens.add(FILLERS[random.nextInt(FILLERS.length)]);
            tags.add("O");
          }
        }
      }
      rows.add(RowFactory.create(tokens.toArray(), tags.toArray()));
    }
    return rows;
  }

  /** Words of one to four letters, each of which is a tone of 60 ms and a pause of 30. */
  private static List<Row> sounds(int count) {
    var random = new Random(3);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      var word = new StringBuilder();
      for (int letters = 1 + random.nextInt(4); letters > 0; letters--) {
        word.append((char) ('a' + random.nextInt(3)));
      }
      rows.add(
          RowFactory.create(wav(word.toString(), 5000 + random.nextInt(10_000)), word.toString()));
    }
    return rows;
  }

  /** 16-bit samples of one channel, 8,000 in a second. */
  private static byte[] wav(String word, int loudness) {
    int samples = 720 * word.length();
    ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
    file.putShort((short) 1).putInt(8000).putInt(16_000).putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      double hertz = 400 * (1 + word.charAt(i / 720) - 'a');
      double wave = i % 720 < 480 ? Math.sin(2 * Math.PI * hertz * i / 8000) : 0;
      file.putShort((short) (loudness * wave));
    }
    return file.array();
  }

  private static void conll(List<Row> rows, int files, Path place) throws IOException {
    Files.createDirectories(place);
    var texts = new StringBuilder[files];
    Arrays.setAll(texts, i -> new StringBuilder());
    for (int i = 0; i < rows.size(); i++) {
      Object[] tokens = rows.get(i).getAs(0);
      Object[] tags = rows.get(i).getAs(1);
      for (int t = 0; t < tokens.length; t++) {
        texts[i % files].append(tokens[t]).append(' ').append(tags[t]).append('\n');
      }
      texts[i % files].append('\n');
    }
    for (int f = 0; f < files; f++) {
      Files.writeString(place.resolve("part-" + f + ".conll"), texts[f]);
    }
  }
}
