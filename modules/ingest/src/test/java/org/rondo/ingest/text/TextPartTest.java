package org.rondo.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.ingest.IngestException;

class TextPartTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  static Stream<Tokenizer> everyTokenizer() {
    return Tokenizer.ALL.members().values().stream();
  }

  @ParameterizedTest
  @MethodSource("everyTokenizer")
  void partsMakeTheTokensOfTheWhole(Tokenizer tokenizer) throws IOException {
    String text = GeneratedTexts.of(5, 60).collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("a.txt"), "\uFEFF" + text);
    Files.writeString(folder.resolve("b.txt"), "no end of a line");
    Files.writeString(folder.resolve("c.txt"), "");
    Files.writeString(folder.resolve("d.txt"), "\n\n  \nwhite \n\n\n");
    for (boolean lowercase : new boolean[] {false, true}) {
      List<String> whole = tokens(parts(Long.MAX_VALUE), tokenizer, lowercase);
      for (int bytes : new int[] {1, 17, 1000}) {
        assertThat(tokens(parts(bytes), tokenizer, lowercase)).as("%d", bytes).isEqualTo(whole);
      }
    }
    assertThat(parts(17)).hasSizeGreaterThan(80);
  }

  @Test
  void partsAreCutAtTheLinesOfAnyScript() throws IOException {
    for (String line : List.of("abc", "\u043C\u0438\u0440", "\u4E16\u754C", "\uD83D\uDE00")) {
      Files.writeString(folder.resolve("a.txt"), (line + "\n").repeat(100));
      long read =
          parts(100).stream()
              .filter(part -> !tokens(List.of(part), named(), false).isEmpty())
              .count();
      assertThat(read).as(line).isEqualTo(parts(100).size());
    }
  }

  @Test
  void aCompressedFileIsOnePart() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("a.txt.gz"), bytes.toByteArray());

    assertThat(parts(5)).hasSize(1);
    assertThat(tokens(parts(5), named(), false)).containsExactly("one", "<eos>", "two", "<eos>");
  }

  @Test
  void whatIsNoUtf8IsNamedByTheLineAndByteOfTheFile() throws IOException {
    byte[] text = "abc\n".repeat(50).getBytes(StandardCharsets.UTF_8);
    text[4 * 40] = (byte) 0xFF;
    Files.write(folder.resolve("a.txt"), text);

    assertThatThrownBy(() -> tokens(parts(30), named(), false))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("a.txt, line 41: byte 160 (0xFF) is not UTF-8");
    var reader = reader(InvalidUtf8.REPLACE);
    Tokenizer.Cutter cutter = named().cutter((chars, from, length) -> {});
    parts(30).forEach(part -> reader.read(part, cutter));
    assertThat(reader.replaced()).isEqualTo(1);
  }

  private static Tokenizer named() {
    return Tokenizer.named("words");
  }

  private List<TextPart> parts(long bytes) {
    return TextPart.of(TextFiles.find(folder.toString(), HADOOP).files(), bytes, HADOOP);
  }

  /** Each part by a cutter of its own, as tasks have them. */
  private static List<String> tokens(List<TextPart> parts, Tokenizer tokenizer, boolean lowercase) {
    var tokens = new ArrayList<String>();
    for (TextPart part : parts) {
      reader(InvalidUtf8.REJECT)
          .read(
              part,
              tokenizer.cutter(
                  (chars, from, length) -> tokens.add(new String(chars, from, length)), lowercase));
    }
    return tokens;
  }

  private static TextReader reader(InvalidUtf8 treatment) {
    return new TextReader(
        HADOOP, treatment, 0, PrepareListener.SILENT, PrepareListener.Pass.ENCODE);
  }
}
