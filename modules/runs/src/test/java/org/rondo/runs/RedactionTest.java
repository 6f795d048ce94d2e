package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rondo.runs.Redaction.REDACTED;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedactionTest {
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  @ParameterizedTest
  @CsvSource({
    "spark.hadoop.fs.s3a.secret.key, x",
    "spark.hadoop.fs.s3a.access.key, x",
    "spark.hadoop.fs.s3a.encryption.key, x",
    "spark.hadoop.fs.s3a.server-side-encryption.key, x",
    "spark.hadoop.fs.azure.account.key.mine.dfs.core.windows.net, x",
    "spark.hadoop.fs.gs.auth.service.account.private.key, x",
    "spark.ssl.keyPassword, x",
    "spark.executor.extraJavaOptions, -Xss2m -Dmy.password=x",
    "spark.driver.defaultJavaOptions, -Dfs.s3a.encryption.key=x",
  })
  void whatIsSecretByKeyOrByValueIsHidden(String key, String value) {
    Redaction redaction = Redaction.of(Settings.defaults().with(Map.of(key, value), "--set"));

    assertThat(redaction.hides(key, value)).isTrue();
    assertThat(redaction.shown(key, value)).isEqualTo(REDACTED);
  }

  @Test
  void theRestStaysAsItIs() {
    Redaction redaction = Redaction.of(Map.of());

    assertThat(redaction.shown(Map.of(OPTIONS, "-Xss2m", "data.tokenizer", "words")))
        .isEqualTo(Map.of(OPTIONS, "-Xss2m", "data.tokenizer", "words"));
    assertThat(redaction.shown("data.path", "s3a://me:mine@bucket/tokens.txt"))
        .isEqualTo("s3a://me:" + REDACTED + "@bucket/tokens.txt");
  }

  @Test
  void theUsersExpressionTakesThePlaceOfSparks() {
    Redaction redaction = Redaction.of(Map.of("spark.redaction.regex", "colou?r"));

    assertThat(redaction.hides("spark.my.colour", "x")).isTrue();
    assertThat(redaction.hides(OPTIONS, "-Dmy.color=x")).isTrue();
    assertThat(redaction.hides("spark.my.secret", "x")).isFalse();
    assertThatThrownBy(() -> Redaction.of(Map.of("spark.redaction.regex", "(")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("spark.redaction.regex = (: no regular expression: ");
  }
}
