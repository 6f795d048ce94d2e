package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Translations that are learned from two files, by command lines. */
final class TranslationCommandsTest {
  private static final String[] WORDS = {"eins", "zwei", "drei"};

  @TempDir private static Path folder;

  /** Digits and their words in the other order. */
  private static void write(String name, int count, int seed) throws IOException {
    var random = new Random(seed);
    var digits = new StringBuilder();
    var words = new StringBuilder();
    for (int n = 0; n < count; n++) {
      var reversed = new ArrayList<String>();
      for (int length = 1 + random.nextInt(3); length > 0; length--) {
        int digit = random.nextInt(3);
        digits.append(digit + 1).append(' ');
        reversed.add(0, WORDS[digit]);
      }
      digits.append('\n');
      words.append(String.join(", ", reversed)).append(".\n");
    }
    Files.writeString(folder.resolve(name + ".en"), digits);
    Files.writeString(folder.resolve(name + ".de"), words);
  }

  private static String conf() throws IOException {
    String text =
        String.format(
            Locale.ROOT,
            """
            task = translation
            data { format = parallel-text, options { source = en, target = de } }
            data { train = "%1$s/train.*", validation = "%1$s/val.*" }
            translation { labels_per_step = 2, beam = 3 }
            output = "%1$s/run"
            shards = 1
            train { rounds = 24, sync_every = 10, batch = 8 }
            network { cell = gru, units = 16, layers = 1, bidirectional = true }
            optimizer.learning_rate = 0.02
            evaluate.every = 8
            """,
            folder);
    return Files.writeString(folder.resolve("translation.conf"), text).toString();
  }

  @Test
  void textsFromPreparationToPrediction() throws IOException {
    write("train", 160, 1);
    write("val", 20, 2);
    String conf = conf();

    CommandLineRun trained = CommandLineRun.of("train", conf);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.json().get("metric").asText()).isEqualTo("bleu");
    assertThat(trained.json().get("score").asDouble()).isGreaterThan(90);
    assertThat(Files.readString(folder.resolve("run/events.jsonl")))
        .contains("written: ", "right:   ", "\"kind\":\"matrix\"");

    CommandLineRun evaluated = CommandLineRun.of("evaluate", conf);
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("score")).isEqualTo(trained.json().get("score"));
    JsonNode texts = evaluated.json().get("texts");
    assertThat(texts.get("bleu").asDouble()).isGreaterThan(90);
    assertThat(texts.get("chrf").asDouble()).isGreaterThan(90);
    assertThat(texts.get("bleu_signature").asText()).contains("tok:13a");

    List<JsonNode> answers = answers("3 1\n\n2\n", conf);
    assertThat(answers.get(0).get("prediction").asText()).isEqualTo("eins, drei.");
    assertThat(answers.get(0).has("score")).isTrue();
    assertThat(answers.get(1).get("rejected").asText()).isEqualTo("line 2: column source is empty");
    assertThat(answers.get(2).get("prediction").asText()).isEqualTo("zwei.");
    JsonNode asked =
        answers(
                "3 1\n",
                conf,
                "--set",
                "translation.best=2",
                "--set",
                "translation.show_attention=true")
            .get(0);
    assertThat(asked.get("translations")).hasSize(2);
    assertThat(asked.get("target_tokens")).hasSize(4);
    assertThat(asked.get("attention").get(0)).hasSize(2);

    Files.writeString(folder.resolve("val.de"), "eins.\n");
    CommandLineRun unequal = CommandLineRun.of("prepare", conf);
    assertThat(unequal.exitCode()).isNotZero();
    assertThat(unequal.err())
        .contains("val.de ends after line 1, and ", "val.en goes on with line 2");
  }

  private static List<JsonNode> answers(String lines, String conf, String... more)
      throws IOException {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    try {
      var options = new ArrayList<>(List.of("--input", "-"));
      options.addAll(List.of(more));
      CommandLineRun run = CommandLineRun.of("predict", conf, options.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.err()).isZero();
      var answers = new ArrayList<JsonNode>();
      for (String line : run.out().lines().toList()) {
        answers.add(new ObjectMapper().readTree(line));
      }
      return answers;
    } finally {
      System.setIn(before);
    }
  }
}
