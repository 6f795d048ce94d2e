package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.CounterRandom;

class Utf8DecoderTest {
  @Test
  void replacesWhatJavaReplaces() throws IOException {
    CounterRandom random = CounterRandom.of(7);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[50];
      for (int i = 0; i < bytes.length; i++) {
        long bits = random.derive(round).bits(i);
        // Mostly lead and continuation bytes: nearly every kind of broken sequence comes up.
        int low = (int) (bits >>> 8) & 0x7F;
        bytes[i] = (byte) (bits % 3 == 0 ? low : 0x80 | low);
      }
      assertThat(decode(new ByteArrayInputStream(bytes), InvalidUtf8.REPLACE))
          .as("round %d", round)
          .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  @Test
  void aSequenceSplitBetweenTwoReadsIsWhole() throws IOException {
    byte[] bytes = "a\uD83D\uDE00\u00E9\u20AC".getBytes(StandardCharsets.UTF_8);
    assertThat(decode(new OneByteAtATime(bytes), InvalidUtf8.REJECT))
        .isEqualTo("a\uD83D\uDE00\u00E9\u20AC");
  }

  @Test
  void aByteOrderMarkBeforeTheTextIsNoPartOfIt() throws IOException {
    byte[] bytes = "\uFEFFa\uFEFFb".getBytes(StandardCharsets.UTF_8);
    assertThat(decode(new OneByteAtATime(bytes), InvalidUtf8.REJECT)).isEqualTo("a\uFEFFb");
  }

  @Test
  void rejectionNamesFileLineAndByte() {
    byte[] bytes = "one\ntwo\nth\u00FFree".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> decode(new ByteArrayInputStream(bytes), InvalidUtf8.REJECT))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("a.txt, line 3: byte 10 (0xFF) is not UTF-8");
  }

  @Test
  void theByteIsCountedAcrossPieces() {
    byte[] bytes = new byte[200_000];
    Arrays.fill(bytes, (byte) '\n');
    bytes[150_000] = (byte) 0xC3;
    assertThatThrownBy(() -> decode(new ByteArrayInputStream(bytes), InvalidUtf8.REJECT))
        .hasMessageContaining("line 150001: byte 150000 (0xC3) is not UTF-8");
  }

  @Test
  void aSequenceBrokenOffByTheEndIsInvalid() {
    byte[] bytes = {'a', (byte) 0xE2, (byte) 0x82};
    assertThatThrownBy(() -> decode(new ByteArrayInputStream(bytes), InvalidUtf8.REJECT))
        .hasMessageContaining("line 1: byte 1 (0xE2) is not UTF-8");
  }

  private static String decode(InputStream in, InvalidUtf8 treatment) throws IOException {
    var text = new StringBuilder();
    Tokenizer.Cutter cutter =
        Tokenizer.named("characters")
            .cutter((chars, from, length) -> text.append(chars, from, length));
    new Utf8Decoder("a.txt", treatment, cutter).decode(in, () -> {});
    return text.toString();
  }

  private static final class OneByteAtATime extends InputStream {
    private final InputStream bytes;

    OneByteAtATime(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      return bytes.read(target, from, Math.min(1, length));
    }
  }
}
