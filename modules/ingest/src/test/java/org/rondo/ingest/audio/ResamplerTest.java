package org.rondo.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  static Waveform sine(double hertz, int rate, double seconds) {
    var samples = new float[(int) Math.round(rate * seconds)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return new Waveform(samples, rate);
  }

  /** But for the ends, where the sine is cut off; also of rates without a common factor. */
  @ParameterizedTest
  @CsvSource({
    "44100, 16000",
    "8000, 16000",
    "48000, 16000",
    "16000, 11025",
    "22050, 44100",
    "44099, 96000",
    "192001, 16000"
  })
  void aSineStaysTheSineThatItIs(int from, int to) {
    Waveform there = new Resampler(from, to).resampled(sine(440, from, 0.25));
    Waveform expected = sine(440, to, 0.25);
    assertThat(there.rate()).isEqualTo(to);
    assertThat(there.samples().length).isBetween(to / 4, to / 4 + 1);
    for (int i = to / 50; i < to / 4 - to / 50; i++) {
      assertThat(there.samples()[i])
          .as("sample %d", i)
          .isCloseTo(expected.samples()[i], within(1e-3f));
    }
  }

  /** 7.4 kHz of 16 kHz would be heard as 600 Hz of 8 kHz. */
  @Test
  void whatTheNewRateCannotHoldIsTakenAway() {
    float[] there = new Resampler(16_000, 8000).resampled(sine(7400, 16_000, 0.25)).samples();
    for (int i = 160; i < there.length - 160; i++) {
      assertThat(Math.abs(there[i])).isLessThan(2e-3f);
    }
  }

  @Test
  void aConstantStaysConstant() {
    var ones = new float[2000];
    Arrays.fill(ones, 1f);
    float[] there = new Resampler(11_025, 16_000).resampled(new Waveform(ones, 11_025)).samples();
    for (int i = 100; i < there.length - 100; i++) {
      assertThat(there[i]).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void theSameRateIsTheSameSound() {
    Waveform wave = sine(100, 8000, 0.01);
    assertThat(new Resampler(8000, 8000).resampled(wave)).isSameAs(wave);
    assertThatThrownBy(() -> new Resampler(16_000, 8000).resampled(wave))
        .hasMessage("resampling: a rate of 8000, made for 16000");
    assertThatThrownBy(() -> new Resampler(0, 8000))
        .hasMessage("resampling: from 0 to 8000 samples in a second");
  }
}
