package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunDescriptionTest {
  @Test
  void secretsAreNotWrittenDown() {
    var given =
        Map.of(
            "data.tokenizer", "words",
            "spark.authenticate.secret", "s1",
            "spark.hadoop.fs.s3a.secret.key", "s2",
            "spark.hadoop.fs.s3a.access.key", "s3",
            "spark.ssl.keyPassword", "s4");

    Map<String, String> written = RunDescription.settings(Settings.defaults().with(given, "test"));

    assertThat(written)
        .containsEntry("data.tokenizer", "words")
        .containsEntry("seed", "1")
        .containsEntry("spark.authenticate.secret", Redaction.REDACTED)
        .doesNotContainValue("s1")
        .doesNotContainValue("s2")
        .doesNotContainValue("s3")
        .doesNotContainValue("s4");
  }
}
