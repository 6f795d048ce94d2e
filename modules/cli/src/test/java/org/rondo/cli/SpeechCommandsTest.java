package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts and labels that are learned from folders of WAV files, by command lines. */
final class SpeechCommandsTest {
  private static final int RATE = 8000;

  @TempDir private static Path folder;

  /** Each letter is a tone of 60 ms and a pause of 30. */
  private static byte[] spoken(String word, double loudness) throws IOException {
    var sound = new ByteArrayOutputStream();
    for (int letter : word.chars().toArray()) {
      for (int i = 0; i < RATE * 90 / 1000; i++) {
        double wave = Math.sin(2 * Math.PI * 400 * (1 + letter - 'a') * i / RATE);
        int sample = i < RATE * 60 / 1000 ? (int) (loudness * wave) : 0;
        sound.write(sample);
        sound.write(sample >> 8);
      }
    }
    var format = new AudioFormat(RATE, 16, 1, true, false);
    var file = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(sound.toByteArray()), format, sound.size() / 2),
        AudioFileFormat.Type.WAVE,
        file);
    return file.toByteArray();
  }

  private static String conf(Path recordings) throws IOException {
    String text =
        String.format(
            Locale.ROOT,
            """
            task = speech
            data { format = binaryFile, path = "%s", invalid_rows = skip }
            data.sql = "SELECT content AS audio, _file, regexp_extract(path, '_([a-c]+).wav', 1) AS transcript FROM data"
            speech { rate = 8000, mels = 12 }
            output = "%s"
            shards = 1
            train { rounds = 15, sync_every = 10, batch = 8 }
            network { cell = gru, units = 12, layers = 1 }
            optimizer.learning_rate = 0.02
            evaluate.every = 5
            """,
            recordings,
            folder.resolve("run"));
    return Files.writeString(folder.resolve("speech.conf"), text).toString();
  }

  @Test
  void transcriptsFromPreparationToPrediction() throws IOException {
    Path recordings = Files.createDirectory(folder.resolve("recordings"));
    var random = new Random(1);
    for (int n = 0; n < 120; n++) {
      var word = new StringBuilder();
      for (int letters = 1 + random.nextInt(4); letters > 0; letters--) {
        word.append((char) ('a' + random.nextInt(3)));
      }
      Files.write(
          recordings.resolve(n + "_" + word + ".wav"),
          spoken(word.toString(), 5000 + random.nextInt(10_000)));
    }
    Files.write(recordings.resolve("broken_ab.wav"), Arrays.copyOf(spoken("ab", 9000), 1000));
    String conf = conf(recordings);

    CommandLineRun prepared = CommandLineRun.of("prepare", conf);
    CommandLineRun trained = CommandLineRun.of("train", conf);
    CommandLineRun evaluated = CommandLineRun.of("evaluate", conf);

    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(prepared.out() + prepared.err())
        .contains("broken_ab.wav", "column audio is cut off", "speech by 3 characters (a, b, c)");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.json().get("metric").asText()).isEqualTo("character-error-rate");
    assertThat(trained.json().get("score").asDouble()).isLessThan(0.1);
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("score")).isEqualTo(trained.json().get("score"));
    assertThat(evaluated.json().get("details").toString()).contains("transcript-accuracy");
    assertThat(evaluated.json().has("texts")).as("of validation rows without a place").isFalse();

    Path unheard = Files.createDirectory(folder.resolve("new"));
    Files.write(unheard.resolve("x_b.wav"), spoken("cacb", 9000));
    CommandLineRun predicted = CommandLineRun.of("predict", conf, "--input", unheard.toString());
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    JsonNode row = new ObjectMapper().readTree(predicted.out());
    assertThat(row.get("prediction").asText()).isEqualTo("cacb");
    assertThat(row.get("audio").asText()).as("as text").matches("\\d{4} bytes");

    String[] helped = {
      "--input",
      unheard.toString(),
      "--set",
      "speech.beam=50",
      "--set",
      "speech.language_model_weight=20",
      "--set",
      "speech.language_model=" + languageModel()
    };
    CommandLineRun spelled = CommandLineRun.of("predict", conf, helped);
    assertThat(spelled.exitCode()).as(spelled.err()).isZero();
    assertThat(new ObjectMapper().readTree(spelled.out()).get("prediction").asText())
        .isEqualTo("a");
    helped[7] = "speech.language_model=" + folder.resolve("run");
    CommandLineRun refused = CommandLineRun.of("predict", conf, helped);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("speech.language_model = ", "is the checkpoint of no language model");
  }

  /** Learns that nothing but an "a" is ever said. */
  private static Path languageModel() throws IOException {
    Path text = Files.writeString(folder.resolve("lines.txt"), "abc\n" + "a\n".repeat(2000));
    String conf =
        String.format(
            Locale.ROOT,
            """
            task = language-model
            data { train = "%s", tokenizer = characters, validation_fraction = 0.1 }
            output = "%s"
            shards = 1
            train { rounds = 4, sync_every = 10, batch = 4, unroll = 10 }
            network { cell = gru, units = 8, layers = 1 }
            optimizer.learning_rate = 0.05
            evaluate.every = 4
            """,
            text,
            folder.resolve("language-model"));
    Path file = Files.writeString(folder.resolve("language-model.conf"), conf);
    CommandLineRun trained = CommandLineRun.of("train", file.toString());
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    return folder.resolve("language-model");
  }

  /** A label is that of the file's name in a table; "ab" rises, "ba" falls. */
  @Test
  void labelsOfRecordingsFromATableOfFileNames() throws IOException {
    Path recordings = Files.createDirectory(folder.resolve("labelled"));
    var table = new StringBuilder();
    for (int n = 0; n < 60; n++) {
      boolean rising = n % 2 == 0;
      String word = rising ? "ab" : "ba";
      Files.write(recordings.resolve(n + ".wav"), spoken(word, 5000 + 150 * n));
      table.append(n).append(".wav,").append(rising ? "rising" : "falling").append('\n');
    }
    Files.write(recordings.resolve("broken.wav"), Arrays.copyOf(spoken("ab", 9000), 1000));
    table.append("broken.wav,rising\n");
    Path labels = Files.writeString(folder.resolve("labels.csv"), table);
    String text =
        String.format(
            Locale.ROOT,
            """
            task = classification
            data { format = binaryFile, path = "%s", invalid_rows = skip }
            data.sql = \"""SELECT path, content AS audio, _file, _c1 AS label FROM data
              LEFT JOIN csv.`%s` ON element_at(split(path, '/'), -1) = _c0\"""
            classification { input = audio, rate = 8000, mels = 12, pooling = mean }
            output = "%s"
            shards = 1
            train { rounds = 6, sync_every = 10, batch = 8 }
            network { cell = gru, units = 12, layers = 1 }
            optimizer.learning_rate = 0.02
            evaluate.every = 3
            """,
            recordings,
            labels,
            folder.resolve("labels"));
    String conf = Files.writeString(folder.resolve("labels.conf"), text).toString();

    CommandLineRun trained = CommandLineRun.of("train", conf);

    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out() + trained.err()).contains("broken.wav", "column audio is cut off");
    assertThat(trained.json().get("score").asDouble()).isEqualTo(1);

    Path unheard = Files.createDirectory(folder.resolve("unlabelled"));
    Files.write(unheard.resolve("x.wav"), spoken("ba", 9000));
    Files.write(unheard.resolve("y.wav"), Arrays.copyOf(spoken("ba", 9000), 500));
    CommandLineRun predicted = CommandLineRun.of("predict", conf, "--input", unheard.toString());
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    var rows = new ArrayList<JsonNode>();
    for (String line : predicted.out().lines().sorted().toList()) {
      rows.add(new ObjectMapper().readTree(line));
    }
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("prediction").asText()).isEqualTo("falling");
    assertThat(rows.get(1).get("rejected").asText()).contains("y.wav", "column audio is cut off");
  }
}
