package org.rondo.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.IngestException;

class WavReaderTest {
  private static float[] samples(int format, int channels, int bits, byte[] data) {
    return WavReader.read(WavBytes.of(format, channels, 8000, bits, data), "a.wav").samples();
  }

  @Test
  void samplesOfEveryKindAreBetweenMinusOneAndOne() {
    assertThat(samples(WavBytes.PCM, 1, 8, WavBytes.numbers(1, 0, 128, 192, 255)))
        .containsExactly(-1, 0, 0.5f, 127 / 128f);
    assertThat(samples(WavBytes.PCM, 1, 16, WavBytes.numbers(2, -32768, 0, 16384, 32767, -1)))
        .containsExactly(-1, 0, 0.5f, 32767 / 32768f, -1 / 32768f);
    assertThat(samples(WavBytes.PCM, 1, 24, WavBytes.numbers(3, -8388608, 4194304, -1, 65536)))
        .containsExactly(-1, 0.5f, -1 / 8388608f, 65536 / 8388608f);
    assertThat(samples(WavBytes.PCM, 1, 32, WavBytes.numbers(4, Integer.MIN_VALUE, 1 << 30)))
        .containsExactly(-1, 0.5f);
    long half = Float.floatToIntBits(0.5f);
    long loud = Float.floatToIntBits(-1.25f);
    assertThat(samples(WavBytes.FLOAT, 1, 32, WavBytes.numbers(4, half, loud)))
        .containsExactly(0.5f, -1.25f);
  }

  @Test
  void channelsAreMixedToTheirMean() {
    byte[] stereo = WavBytes.numbers(2, 16384, -16384, 32767, 32767, 0, 8192);
    assertThat(samples(WavBytes.PCM, 2, 16, stereo)).containsExactly(0, 32767 / 32768f, 0.125f);
    // More than a buffer, in frames that do not divide it.
    var many = new long[2 * 5000];
    Arrays.setAll(many, i -> i % 2 == 0 ? i : 0);
    float[] mixed = samples(WavBytes.PCM, 2, 24, WavBytes.numbers(3, many));
    assertThat(mixed).hasSize(5000);
    for (int i = 0; i < 5000; i++) {
      assertThat(mixed[i]).isEqualTo(i / 8388608f);
    }
  }

  @Test
  void filesOfTheExtensibleFormatAreReadAsWell() {
    byte[] numbers = WavBytes.numbers(2, 0, 16384);
    assertThat(samples(WavBytes.EXTENSIBLE, 1, 16, numbers)).containsExactly(0, 0.5f);
  }

  @Test
  void theRateIsThatOfTheFile() {
    byte[] file = WavBytes.of(WavBytes.PCM, 1, 44_100, 16, new byte[44_100]);
    Waveform wave = WavReader.read(file, "a.wav");
    assertThat(wave.rate()).isEqualTo(44_100);
    assertThat(wave.seconds()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void whatIsNoSoundIsRefusedByTheNameOfItsFile() {
    byte[] data = WavBytes.numbers(2, 1, 2, 3, 4);
    assertRefused(
        "cut.wav",
        WavBytes.of(WavBytes.PCM, 1, 8000, 16, data, 400),
        "cut.wav: is cut off: its header says 200 samples, it holds 4");
    assertRefused(
        "empty.wav",
        WavBytes.of(WavBytes.PCM, 1, 8000, 16, new byte[0]),
        "empty.wav: holds no sound");
    assertRefused(
        "a.mp3",
        new byte[] {'I', 'D', '3', 4, 0},
        "a.mp3: is no WAV file: its 5 bytes do not begin with RIFF");
    assertRefused(
        "text.wav",
        "seven zero three, and no sound".getBytes(StandardCharsets.UTF_8),
        "text.wav: is no WAV file: its 30 bytes do not begin with RIFF");
    assertRefused("none.wav", new byte[0], "none.wav: is no WAV file: its 0 bytes do not");
    byte[] whole = WavBytes.of(WavBytes.PCM, 1, 8000, 16, data);
    for (int length = 4; length < 44; length++) {
      assertRefused("head.wav", Arrays.copyOf(whole, length), "head.wav: ");
    }
    assertRefused(
        "phone.wav",
        WavBytes.of(WavBytes.MU_LAW, 1, 8000, 8, new byte[8]),
        "phone.wav: is of ULAW");
    assertRefused(
        "adpcm.wav",
        WavBytes.of(WavBytes.IMA_ADPCM, 1, 8000, 4, new byte[8]),
        "adpcm.wav: is no WAV file of a known kind: ");
    long nan = Float.floatToIntBits(Float.NaN);
    assertRefused(
        "nan.wav",
        WavBytes.of(WavBytes.FLOAT, 1, 8000, 32, WavBytes.numbers(4, 0, nan)),
        "nan.wav: holds NaN at sample 1");
  }

  /**
   * Whatever stands in a header, and wherever a file ends, it is read or refused: frames of more
   * bytes than the file, of none, without channels.
   */
  @ParameterizedTest
  @CsvSource({"1,16", "3,32", "1,8", "17,4", "65534,16"})
  void damagedFilesAreReadOrRefused(int kind, int bits) {
    byte[] data = new byte[16];
    byte[] whole = WavBytes.of(kind, 2, 8000, bits, data);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> WavReader.read(cut, "a.wav"))
          .as("%d bytes", length)
          .isInstanceOf(SoundException.class)
          .hasMessageStartingWith("a.wav: ");
    }
    int refused = 0;
    for (int at = 0; at < whole.length - data.length; at++) {
      for (int value : new int[] {0, 1, 2, 3, 4, 8, 24, 32, 127, 128, 254, 255}) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) value;
        try {
          Waveform wave = WavReader.read(damaged, "a.wav");
          assertThat(wave.rate()).as("byte %d = %d", at, value).isBetween(1, 1_000_000);
          assertThat(wave.samples()).as("byte %d = %d", at, value).isNotEmpty();
        } catch (SoundException e) {
          refused++;
        } catch (RuntimeException e) {
          throw new AssertionError("byte " + at + " = " + value, e);
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  private static void assertRefused(String file, byte[] content, String message) {
    assertThatThrownBy(() -> WavReader.read(content, file))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith(message);
  }
}
