package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NextCommandTest {
  @Test
  void aRunGoesOnWithTheWordsThatStartedItAndResume() {
    assertThat(
            NextCommand.resume(
                List.of("train", "a b.conf", "--set", "output=it's", "--master", "local[2]")))
        .endsWith(" train 'a b.conf' --set 'output=it'\\''s' --master 'local[2]' --resume");
  }

  @Test
  void aResumedRunIsNotResumedTwice() {
    assertThat(NextCommand.resume(List.of("train", "a.conf", "--resume")))
        .endsWith(" train a.conf --resume");
  }

  @Test
  void secretsAreNotRepeated() {
    assertThat(NextCommand.resume(List.of("train", "--set", "spark.ssl.keyPassword=abc")))
        .contains("--set spark.ssl.keyPassword=...")
        .doesNotContain("abc");
  }
}
