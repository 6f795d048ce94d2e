package org.rondo.runs.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.runs.Settings;

final class ConfigurationTextTest {
  @TempDir private Path folder;

  @Test
  void aFileOfItReadsAsTheSameSettingsWithoutSecrets() throws Exception {
    Settings given =
        Settings.defaults()
            .with(
                Map.of(
                    "data.path", "/a \"b\"/c#d.txt",
                    "data.options.sep", "\t",
                    "data.columns.my text", "Größe",
                    "optimizer.learning_rate", "1e-3",
                    "train.unroll", "50",
                    "spark.hadoop.fs.s3a.secret.key", "hidden",
                    "spark.executor.memory", "2g"),
                "--set");
    String text = ConfigurationText.of(given, "a comment");
    Path file = Files.writeString(folder.resolve("a.conf"), text);
    Settings read = Settings.load(file.toFile());

    var expected = given.under("");
    expected.remove("spark.hadoop.fs.s3a.secret.key");
    assertThat(read.under("")).isEqualTo(expected);
    assertThat(read.isGiven("train.unroll")).isTrue();
    assertThat(text).doesNotContain("hidden").startsWith("# a comment\n");
  }
}
