package org.rondo.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.ValueException;
import org.rondo.testkit.Seeds;

class FrameReaderTest {
  private static final SpeechFrames PLAN = new SpeechFrames(16_000, 40, 25, 10, 0, 1);

  @ParameterizedTest
  @ValueSource(ints = {8, 25, 200})
  void powerIsThatOfThePlainFourierSum(int length) {
    float[] samples = Seeds.uniform("sound", length + 3, 1f);
    var spectrum = new PowerSpectrum(length);
    assertThat(spectrum.size()).isBetween(length, 2 * length - 1);
    var power = new double[spectrum.bins()];
    spectrum.of(samples, 3, power);
    for (int k = 0; k < power.length; k++) {
      double real = 0;
      double imaginary = 0;
      for (int n = 0; n < length; n++) {
        double window = Math.pow(Math.sin(Math.PI * n / length), 2);
        double angle = 2 * Math.PI * k * n / spectrum.size();
        real += window * samples[3 + n] * Math.cos(angle);
        imaginary -= window * samples[3 + n] * Math.sin(angle);
      }
      double expected = real * real + imaginary * imaginary;
      assertThat(power[k]).as("bin %d", k).isCloseTo(expected, within(1e-9));
    }
  }

  /** 2595 log10(2) of 700 Hz; HTK's formula is made to give 1000 mel at 1000 Hz. */
  @Test
  void melsAreThoseOfHtk() {
    assertThat(MelFilters.mel(0)).isZero();
    assertThat(MelFilters.mel(700)).isCloseTo(781.17, within(0.01));
    assertThat(MelFilters.mel(1000)).isCloseTo(1000, within(0.02));
    assertThat(MelFilters.hertz(MelFilters.mel(4321))).isCloseTo(4321, within(1e-9));
  }

  /** Where one triangle falls the next one rises: between the outer centres they add up to 1. */
  @Test
  void trianglesOfNeighboursAddUpToOne() {
    var filters = new MelFilters(10, 0, 8000, 512, 16_000);
    double firstCentre = MelFilters.hertz(MelFilters.mel(8000) / 11);
    double lastCentre = MelFilters.hertz(MelFilters.mel(8000) * 10 / 11);
    int between = 0;
    for (int k = 0; k <= 256; k++) {
      var power = new double[257];
      power[k] = 1;
      double sum = 0;
      for (int band = 0; band < 10; band++) {
        sum += filters.energy(power, band);
      }
      double hertz = k * 16_000 / 512.0;
      if (hertz >= firstCentre && hertz <= lastCentre) {
        between++;
        assertThat(sum).as("bin %d", k).isCloseTo(1, within(1e-12));
      } else {
        assertThat(sum).isBetween(0.0, 1.0);
      }
    }
    assertThat(between).isGreaterThan(180);
  }

  /** The band whose centre is nearest in mel. */
  @ParameterizedTest
  @ValueSource(doubles = {150, 440, 1000, 2500, 5000, 7000})
  void aSineIsLoudestInItsBand(double hertz) {
    double lowest = MelFilters.mel(20);
    double step = (MelFilters.mel(8000) - lowest) / 41;
    int expected = (int) Math.round((MelFilters.mel(hertz) - lowest) / step) - 1;

    float[][] frames = new FrameReader(PLAN).frames(ResamplerTest.sine(hertz, 16_000, 0.2));

    assertThat(frames).hasNumberOfRows(18); // 1 + (3200 - 400) / 160
    for (float[] frame : frames) {
      int loudest = 0;
      for (int band = 1; band < 40; band++) {
        loudest = frame[band] > frame[loudest] ? band : loudest;
      }
      assertThat(loudest).isEqualTo(expected);
    }
  }

  @Test
  void soundOfAnotherRateGivesTheSameFrames() {
    var reader = new FrameReader(PLAN);
    float[][] direct = reader.frames(ResamplerTest.sine(440, 16_000, 0.2));
    float[][] resampled = reader.frames(ResamplerTest.sine(440, 44_100, 0.2));
    assertThat(resampled).hasSameDimensionsAs(direct);
    for (int t = 2; t < 16; t++) {
      for (int band = 8; band < 14; band++) { // about 440 Hz; others are but leakage
        assertThat(resampled[t][band]).isCloseTo(direct[t][band], within(0.01f));
      }
    }
  }

  @Test
  void silenceAndShortSoundHaveFramesToo() {
    var reader = new FrameReader(PLAN);
    float[][] silence = reader.frames(new Waveform(new float[16_000], 16_000));
    assertThat(silence).hasNumberOfRows(98);
    assertThat(silence[0]).hasSize(40).containsOnly((float) Math.log(1e-10));
    assertThat(reader.frames(new Waveform(new float[] {0.5f}, 16_000))).hasNumberOfRows(1);
    assertThat(reader.frames(new Waveform(new float[399], 16_000))).hasNumberOfRows(1);
    assertThat(reader.frames(new Waveform(new float[560], 16_000))).hasNumberOfRows(2);
  }

  /** c = 0, 1, 4, 9, 16, .. : the slope through five of them at t is 2t, away from the ends. */
  @Test
  void deltasAreSlopes() {
    var frames = new float[9][2];
    for (int t = 0; t < 9; t++) {
      frames[t][0] = t * t;
      frames[t][1] = 7;
    }
    float[][] all = Deltas.appended(frames, 2);
    assertThat(all[4]).containsExactly(16, 7, 8, 0, 2, 0);
    assertThat(all[2][2]).isEqualTo(4);
    // (1 (1 - 0) + 2 (4 - 0)) / 10
    assertThat(all[0][2]).isEqualTo(0.9f);
    assertThat(Deltas.appended(frames, 0)).isDeepEqualTo(frames);
  }

  @Test
  void framesAreStackedToTheEnd() {
    float[][] frames = {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}};
    assertThat(FrameReader.stacked(frames, 2))
        .isDeepEqualTo(new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 9, 10}});
    assertThat(FrameReader.stacked(frames, 1)).isSameAs(frames);
    var plan = new SpeechFrames(16_000, 13, 25, 10, 2, 3);
    assertThat(plan.width()).isEqualTo(13 * 3 * 3);
    float[][] steps = new FrameReader(plan).frames(ResamplerTest.sine(300, 8000, 0.5));
    assertThat(steps).hasDimensions(16, plan.width()); // of 48 frames
  }

  @Test
  void plansThatSayNothingAreRefused() {
    assertThatThrownBy(() -> new FrameReader(new SpeechFrames(8000, 120, 25, 10, 0, 1)))
        .isInstanceOf(ValueException.class)
        .hasMessageStartingWith("mels = 120: is too many: a band holds no frequency");
    assertThatThrownBy(() -> new SpeechFrames(8000, 40, 25, 0, 0, 1))
        .hasMessage("hop = 0.0: must be from 1 to 1000");
    assertThatThrownBy(() -> new SpeechFrames(8000, 40, 25, 10, 3, 1))
        .hasMessage("deltas = 3: must be 0, 1 or 2");
  }
}
