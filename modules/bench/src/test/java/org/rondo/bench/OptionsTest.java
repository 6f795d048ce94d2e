package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.ElementType;

class OptionsTest {
  @Test
  void aConfigurationAloneIsOneTaskOfTrainingInFloat32() {
    assertThat(Options.parse("M"))
        .isEqualTo(
            new Options(
                Configuration.named("M"), ElementType.FLOAT32, Options.Mode.TRAINING, 1, 5, 2, 4));
  }

  @Test
  void everyArgumentIsRead() {
    String line =
        "M-gru --precision bfloat16 --mode inference --tasks 2 --windows 3 --seconds 0.5"
            + " --warm-up 0";

    assertThat(Options.parse(line.split(" ")))
        .isEqualTo(
            new Options(
                Configuration.named("M-gru"),
                ElementType.BFLOAT16,
                Options.Mode.INFERENCE,
                2,
                3,
                0.5,
                0));
  }

  @ParameterizedTest
  @CsvSource({
    "XL, no configuration XL among [S",
    "S --precision, --precision lacks a value",
    "S --precision half, --precision half",
    "S --mode serving, --mode serving",
    "S --tasks 0, '--tasks must be >= 1, got 0'",
    "S --windows 0, '--windows must be >= 1, got 0'",
    "S --seconds 0, '--seconds must be > 0, got 0.0'",
    "S --warm-up -1, '--warm-up must be >= 0, got -1.0'",
    "S --tasks two, --tasks two",
    "S --threads 2, '--threads 2: there is no such argument'",
  })
  void aWrongArgumentIsNamed(String line, String message) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void noArgumentAtAllIsAnError() {
    assertThatThrownBy(Options::parse).hasMessageContaining("name of a configuration");
  }
}
