package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search by command lines: on Spark side by side, with the bits of threads one by one. */
final class SearchCommandTest {
  @TempDir private Path folder;

  @Test
  void findsTheBestTrialAndLeavesItsConfigurationATableAndAPicture() throws IOException {
    Path text =
        Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat.\n".repeat(200));
    String conf =
        Files.writeString(
                folder.resolve("tiny.conf"),
                """
                data.path = "%s"
                output = "%s"
                precision = float32
                train { rounds = 2, sync_every = 2, batch = 4, unroll = 8 }
                network.units = 8
                evaluate.every = 1
                search.keys { optimizer.learning_rate = [0.0001, 0.02], network.cell = [lstm, gru] }
                """
                    .formatted(text, folder.resolve("search")))
            .toString();

    CommandLineRun refused =
        CommandLineRun.of("search", conf, "--set", "search.keys.network.cel=[a, b]");
    CommandLineRun spark = CommandLineRun.of("search", conf);
    CommandLineRun threads =
        CommandLineRun.of(
            List.of(
                "search",
                conf,
                "--in-process",
                "--set",
                "search.parallel=1",
                "--set",
                "output=" + folder.resolve("threads")));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("search.keys: unknown key network.cel; did you mean network.cell?");
    assertThat(spark.exitCode()).as(spark.err()).isZero();
    assertThat(spark.err())
        .contains("4 trials, each trained to its end", " evaluate ", "best.conf");
    JsonNode best = spark.json();
    assertThat(best.at("/keys/optimizer.learning_rate").asText()).isEqualTo("0.02");
    for (String field : List.of("trials", "best", "keys", "metric", "score", "scores")) {
      assertThat(best.get(field)).as(field).isEqualTo(threads.json().get(field));
    }
    assertThat(folder.resolve("search/search.html"))
        .content()
        .contains("<svg", "best, over optimizer.learning_rate", ", the best", "<td>gru</td>");

    CommandLineRun evaluated =
        CommandLineRun.of("evaluate", best.get("configuration").asText(), "--split", "validation");
    assertThat(evaluated.json().get("loss").asDouble()).isEqualTo(best.get("score").asDouble());
  }
}
