package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.runs.TrainingRun.Beginning;
import org.rondo.training.events.TrainingListener;

/** A run by the Java API, whose caller's locale and time zone are anyone's. */
final class LocaleTest {
  /** Digits of their own, a comma for the point, an i that is no I in small letters. */
  private static final List<String> LOCALES = List.of("ar-EG-u-nu-arab", "tr-TR", "de-DE");

  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();

  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat.\n".repeat(30));
  }

  @AfterEach
  void restore() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  @Test
  void noLocaleChangesABitOrANameOfWhatARunLeaves() throws IOException {
    Locale.setDefault(Locale.ROOT);
    String parameters = train("root");
    SortedSet<String> names = names("root");

    for (String tag : LOCALES) {
      Locale.setDefault(Locale.forLanguageTag(tag));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));

      assertThat(train(tag)).as(tag).isEqualTo(parameters);
      assertThat(names(tag)).as(tag).isEqualTo(names);
      assertReadable(folder.resolve(tag));
    }
  }

  /** One round, then the rest from its checkpoint; evaluated after each. */
  private String train(String output) throws IOException {
    prepare(output).inProcess(Beginning.FRESH, TrainingListener.NONE, () -> true);
    RunOutcome whole =
        prepare(output).inProcess(Beginning.RESUMED, TrainingListener.NONE, () -> false);
    assertThat(whole.result().rounds()).as(output).isEqualTo(2);
    return whole.result().parametersSha256();
  }

  private TrainingRun prepare(String output) throws IOException {
    var keys =
        Map.of(
            "data.path", text.toString(),
            "output", folder.resolve(output).toString(),
            "train.rounds", "2",
            "train.sync_every", "2",
            "train.batch", "2",
            "train.unroll", "4",
            "network.units", "4",
            "evaluate.every", "1",
            "generate.length", "5");
    return TrainingRun.prepare(
        Settings.defaults().with(keys, "test"), new Configuration(), message -> {});
  }

  /** Of all files below an output, from there. */
  private SortedSet<String> names(String output) throws IOException {
    Path root = folder.resolve(output);
    try (Stream<Path> files = Files.walk(root)) {
      return new TreeSet<>(files.map(file -> root.relativize(file).toString()).toList());
    }
  }

  /** Records are JSON, and no digit in them is one of a locale. */
  private static void assertReadable(Path output) throws IOException {
    var json = new ObjectMapper();
    for (String line : Files.readAllLines(output.resolve("events.jsonl"))) {
      assertThat(json.readTree(line).path("event").asText()).isNotEmpty();
    }
    for (String file : List.of("events.jsonl", "report.html", "corpus/manifest.json")) {
      assertThat(Files.readString(output.resolve(file), StandardCharsets.UTF_8))
          .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }
  }
}
