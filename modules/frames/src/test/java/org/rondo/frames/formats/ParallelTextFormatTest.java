package org.rondo.frames.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.TextFiles;
import org.rondo.models.Options;
import org.rondo.tasks.ColumnType;

class ParallelTextFormatTest {
  private static final Options OPTIONS = new Options(Map.of("source", "en", "target", "de"));
  private static final Configuration HADOOP = new Configuration();

  private final ParallelTextFormat format = new ParallelTextFormat();

  @TempDir private Path folder;

  private String write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String write(String name, byte[] text) throws IOException {
    return Files.write(folder.resolve(name), text).toString();
  }

  private List<FormatRow> rows(String... files) {
    var rows = new ArrayList<FormatRow>();
    try (FormatRows found = format.open(List.of(files), OPTIONS, HADOOP)) {
      assertThat(found.file()).isEqualTo(files[0]);
      found.forEachRemaining(rows::add);
    }
    return rows;
  }

  @Test
  void linesOfEqualNumberAreARow() throws IOException {
    List<FormatRow> rows =
        rows(write("a.en", "one\r\n\ntwo three"), write("a.de", "\uFEFFeins\nx\nzwei \n"));
    assertThat(rows)
        .containsExactly(
            FormatRow.of(1, "one", "eins"),
            FormatRow.of(2, "", "x"),
            FormatRow.of(3, "two three", "zwei "));
    assertThat(format.columns(OPTIONS))
        .containsExactly(
            new FormatColumn("source", ColumnType.TEXT),
            new FormatColumn("target", ColumnType.TEXT));
  }

  @Test
  void sourcesByThemselvesHaveNoTargets() throws IOException {
    assertThat(rows(write("a.en", "one\ntwo\n")))
        .containsExactly(FormatRow.of(1, "one", null), FormatRow.of(2, "two", null));
  }

  @ParameterizedTest
  @CsvSource({"a b c,a b,de,2,en,3", "a,a b,en,1,de,2"})
  void filesOfUnequalLengthAreRefusedByNameAndLine(
      String english, String german, String shorter, int last, String longer, int next)
      throws IOException {
    String en = write("t.en", english.replace(' ', '\n') + "\n");
    String de = write("t.de", german.replace(' ', '\n'));
    assertThatThrownBy(() -> rows(en, de))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "data: %s/t.%s ends after line %d, and %s/t.%s goes on with line %d; their lines do not belong together",
            folder, shorter, last, folder, longer, next);
  }

  @Test
  void bytesThatAreNotUtf8NameTheirFile() throws IOException {
    String en = write("t.en", "a\nb\n");
    String de = write("t.de", new byte[] {'a', '\n', (byte) 0xFC, '\n'});
    assertThatThrownBy(() -> rows(en, de)).hasMessageContaining("t.de, line 2 is not UTF-8");
  }

  @Test
  void filesOfOneNameBelongTogetherWhateverPacksThem() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("eins\n".getBytes(StandardCharsets.UTF_8));
    }
    String trainEn = write("train.en", "one\n");
    String trainDe = write("train.de.gz", packed.toByteArray());
    String testEn = write("test.en", "two\n");
    write("train.fr", "un\n");
    TextFiles found = TextFiles.find(folder.toString(), HADOOP);
    List<String> read =
        found.files().stream()
            .map(file -> file.path())
            .filter(file -> format.reads(new org.apache.hadoop.fs.Path(file), found, OPTIONS))
            .map(file -> file.replace("file:", ""))
            .toList();
    assertThat(format.groups(read, OPTIONS))
        .containsExactly(List.of(testEn), List.of(trainEn, trainDe));
    assertThat(rows(trainEn, trainDe)).containsExactly(FormatRow.of(1, "one", "eins"));
    String zstd = write("new.de.zst", Zstd.compress("eins\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(format.groups(List.of(write("new.en", "one\n"), zstd), OPTIONS)).hasSize(1);
    assertThat(rows(trainEn, zstd)).containsExactly(FormatRow.of(1, "one", "eins"));
  }

  @Test
  void translationsWithoutSourcesAreRefused() {
    assertThatThrownBy(() -> format.groups(List.of("/x/a.de", "/x/b.en"), OPTIONS))
        .hasMessageStartingWith("data: /x/a.de has no file of sources beside it");
    assertThatThrownBy(() -> format.groups(List.of("/x/a.en", "/x/a.en.gz"), OPTIONS))
        .hasMessageStartingWith("data: /x/a.en and /x/a.en.gz are the same file twice");
  }

  @ParameterizedTest
  @CsvSource({"'',de,source", "en,'',target", "en,n,target", "n,en,target"})
  void endingsMustTellFilesApart(String source, String target, String option) {
    var options = new Options(Map.of("source", source, "target", target));
    assertThatThrownBy(() -> format.columns(options))
        .hasMessageStartingWith("data.options." + option);
  }
}
