package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDescriptionTest {
  @TempDir private Path folder;

  @Test
  void secretsAreNotWrittenDown() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "data.tokenizer = words");
    var secrets =
        Map.of(
            "spark.authenticate.secret", "s1",
            "spark.hadoop.fs.s3a.secret.key", "s2",
            "spark.hadoop.fs.s3a.access.key", "s3",
            "spark.ssl.keyPassword", "s4");

    Map<String, String> written = RunDescription.settings(Settings.load(file.toFile(), secrets));

    assertThat(written)
        .containsEntry("data.tokenizer", "words")
        .containsEntry("seed", "1")
        .containsEntry("spark.authenticate.secret", "(redacted)")
        .doesNotContainValue("s1")
        .doesNotContainValue("s2")
        .doesNotContainValue("s3")
        .doesNotContainValue("s4");
  }
}
