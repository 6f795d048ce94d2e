package org.rondo.ingest.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.FullDisk;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.VocabularyPlan;

class BadInputTest {
  @TempDir private Path folder;
  private Path text;
  private Path target;

  @BeforeEach
  void places() {
    text = folder.resolve("text");
    target = folder.resolve("corpus");
  }

  @Test
  void aMissingPathIsNamed() {
    assertRefused(Texts.whole(text, "characters"), "data: nothing at " + text);
    assertRefused(
        Texts.whole(text.resolve("*.txt"), "words"), "data: nothing at " + text + "/*.txt");
  }

  @Test
  void aFolderWithoutFilesIsNamed() throws IOException {
    Files.createDirectories(text.resolve("deep"));
    assertRefused(Texts.whole(text, "characters"), "data: no file in " + text);
  }

  @Test
  void anEmptyTextIsNamedWithItsFiles() {
    Texts.write(text.resolve("a"), "");
    Texts.write(text.resolve("b"), "");
    assertRefused(
        Texts.whole(text, "characters"),
        "corpus: no token to train on in " + text + " (2 files, 0 bytes)");
  }

  @Test
  void fractionsThatLeaveNothingToTrainOnAreRefused() {
    Texts.write(text, "a");
    assertRefused(
        Texts.fractions(text, "characters", 0.1, 0),
        "corpus: no token to train on in " + text + " (1 file, 1 byte)");
  }

  @Test
  void damagedCompressedFilesAreNamed() throws IOException {
    Files.createDirectories(text);
    Path noGzip = Texts.write(text.resolve("a.gz"), "this is no gzip file at all");
    assertRefused(Texts.whole(text, "characters"), "text: cannot decompress file:" + noGzip);

    Path whole = Texts.gzip(text.resolve("a.gz"), "some text ".repeat(1000));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length :
        new int[] {1, 5, 10, 12, bytes.length / 2, bytes.length - 8, bytes.length - 1}) {
      Texts.write(whole, Arrays.copyOf(bytes, length));
      assertRefused(
          Texts.whole(text, "characters"),
          "text: file:" + whole + " is cut off: its compressed data ends early");
    }

    bytes[bytes.length - 6] ^= 1; // in the checksum of the content
    Texts.write(whole, bytes);
    assertRefused(Texts.whole(text, "characters"), "text: cannot decompress file:" + noGzip);
  }

  @Test
  void damagedFilesOfZstandardAreNamed() throws IOException {
    Path whole = Texts.zstd(text.resolve("a.zst"), "some text ".repeat(1000));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 1; length < bytes.length; length++) {
      Texts.write(whole, Arrays.copyOf(bytes, length));
      assertRefused(
          Texts.whole(text, "characters"),
          "text: file:" + whole + " is cut off: its compressed data ends early");
    }

    Texts.write(whole, "this is no file of Zstandard");
    assertRefused(
        Texts.whole(text, "characters"),
        "text: cannot decompress file:" + whole + " as .zst: Unknown frame descriptor");
  }

  @Test
  void invalidUtf8IsRejectedOrReplacedAndCounted() {
    Texts.write(text, new byte[] {'a', '\n', 'b', (byte) 0xFF, 'c', (byte) 0xC3});
    assertRefused(
        Texts.whole(text, "characters"),
        "text: file:" + text + ", line 2: byte 3 (0xFF) is not UTF-8");

    var replacing =
        new CorpusPlan(
            new SplitPlan.ByFraction(text.toString(), 0, 0),
            "characters",
            VocabularyPlan.EVERYTHING,
            InvalidUtf8.REPLACE);
    Corpus corpus = Texts.prepare(replacing, target);
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo("a\nb\uFFFDc\uFFFD");
    assertThat(corpus.replaced()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"characters", "words"})
  void aLineOfFiftyMegabytesIsRead(String tokenizer) throws IOException {
    byte[] line = new byte[50_000_000];
    Arrays.fill(line, (byte) 'x');
    line[20_000_000] = ' ';
    line[20_000_002] = ' ';
    Files.write(text, line);
    Corpus corpus = Texts.prepare(Texts.whole(text, tokenizer), target);
    if (tokenizer.equals("characters")) {
      assertThat(corpus.tokens(Split.TRAIN)).isEqualTo(50_000_000);
    } else {
      assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo("<unk> x <unk>\n");
    }
  }

  @Test
  void textThatGrowsWhileItIsReadIsRefused() {
    Texts.write(text, "abc");
    PrepareListener growing =
        (pass, bytes, total) -> {
          if (pass == PrepareListener.Pass.COUNT) {
            Texts.write(text, "abcd");
          }
        };
    assertThatThrownBy(
            () ->
                Corpus.prepare(
                    Texts.whole(text, "characters"), Texts.hadoop(target), Texts.HADOOP, growing))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "text: " + text + " (1 file, 3 bytes) changed while it was read; prepare it again");
    assertNothingRemains();
  }

  @ParameterizedTest
  @ValueSource(strings = {"block-00000.bin", "vocabulary.json", "manifest.json"})
  void aFullDiskLeavesNothing(String file) {
    Texts.write(text, "abc");
    Configuration hadoop = FullDisk.without(file);
    var full = new org.apache.hadoop.fs.Path("full://" + target);
    assertThatThrownBy(
            () ->
                Corpus.prepare(
                    Texts.whole(text, "characters"), full, hadoop, PrepareListener.SILENT))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("corpus: cannot write full:" + folder)
        .hasMessageEndingWith("No space left on device");
    assertNothingRemains();
  }

  @Test
  void aFolderWithOtherThingsIsNotReplaced() {
    Texts.write(text, "abc");
    Texts.write(target.resolve("thesis.doc"), "precious");
    assertRefused(
        Texts.whole(text, "characters"),
        "corpus: file:" + target + " holds thesis.doc but no manifest.json, so it is no");
    assertThat(target.resolve("thesis.doc")).exists();
  }

  @Test
  void aCorpusAmongItsTextsIsRefused() {
    Texts.write(text.resolve("a.txt"), "abc");
    target = text.resolve("deep/corpus");
    assertRefused(
        Texts.whole(text, "characters"),
        "corpus: file:" + target + " lies in the text's own directory " + text);
    target = text.resolve("_output/corpus"); // hidden, so it is never read as text
    Corpus corpus = Texts.prepare(Texts.whole(text, "characters"), target);
    assertThat(corpus.tokens(Split.TRAIN)).isEqualTo(3);
    assertThat(Corpus.isPrepared(corpus.plan(), Texts.hadoop(target), Texts.HADOOP)).isTrue();
  }

  @Test
  void aManifestEditedUnderHadoopsChecksumIsNone() throws IOException {
    prepareAbc();
    try (var file = new RandomAccessFile(target.resolve("manifest.json").toFile(), "rw")) {
      file.write('[');
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining(" is no prepared corpus: Checksum error");
    assertThatThrownBy(this::prepareAbc)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("corpus/manifest.json is not valid: Checksum error");
  }

  @Test
  void aFolderWithoutManifestIsNoCorpus() throws IOException {
    prepareAbc();
    Files.delete(target.resolve("manifest.json"));
    assertThatThrownBy(this::open)
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("corpus: " + Texts.hadoop(target) + " is no prepared corpus");
    assertThatThrownBy(this::prepareAbc)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining(" but no manifest.json, so it is no prepared corpus");
    assertThat(target.resolve("train/block-00000.bin")).exists();
  }

  @Test
  void aBrokenManifestIsNamed() {
    prepareAbc();
    overwrite("manifest.json", "{\"version\" : 1, \"origin\"");
    assertThatThrownBy(this::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("corpus/manifest.json is not valid: ");
    overwrite("manifest.json", "{\"version\" : 99}");
    assertThatThrownBy(this::open).hasMessageContaining("corpus format 99, this program reads 1");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"tokens\" : 3', '\"tokens\" : -3'",
    "'\"tokens\" : 3', '\"tokens\" : 9000000000000000000'",
    "'\"bytesPerId\" : 2', '\"bytesPerId\" : 0'",
    "'\"idsPerBlock\" : 1048576', '\"idsPerBlock\" : 0'",
    "'\"idsPerBlock\" : 1048576', '\"idsPerBlock\" : 2147483647'"
  })
  void aManifestOfImpossibleNumbersIsNamed(String written, String hostile) throws IOException {
    prepareAbc();
    String json = Files.readString(target.resolve("manifest.json"));
    assertThat(json).contains(written);
    overwrite("manifest.json", json.replace(written, hostile));
    assertThatThrownBy(this::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("corpus/manifest.json is not valid: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"texts.zip", "texts.TAR", "texts.tar.gz"})
  void anArchiveIsNoText(String name) {
    Path archive = Texts.write(folder.resolve(name), "PK");
    assertRefused(
        Texts.whole(archive, "characters"),
        "text: file:" + archive + " is an archive, and archives are not unpacked");
  }

  @Test
  void anotherVocabularyThanThePreparedOneIsNamed() throws IOException {
    prepareAbc();
    String json = Files.readString(target.resolve("vocabulary.json"));
    overwrite("vocabulary.json", json.replace("\"c\"", "\"d\""));
    assertThatThrownBy(this::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("corpus/vocabulary.json has sha256 ");
    overwrite("vocabulary.json", json.substring(0, json.length() / 2));
    assertThatThrownBy(this::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("vocabulary.json");
  }

  @Test
  void damagedBlocksAreNamed() throws IOException {
    prepareAbc();
    Path block = target.resolve("train/block-00000.bin");
    byte[] bytes = Files.readAllBytes(block);

    overwrite("train/block-00000.bin", new byte[] {1, 0, 2, 0, 9, 0});
    assertDamaged("its CRC-32C is ");
    overwrite("train/block-00000.bin", Arrays.copyOf(bytes, 4));
    assertDamaged("it has 4 bytes, not 6");
    Files.delete(block);
    assertDamaged("it is missing");
  }

  /** Hadoop's own checksums of local files notice it before ours do. */
  @Test
  void aBlockEditedUnderHadoopsChecksumIsNamed() throws IOException {
    prepareAbc();
    try (var file = new RandomAccessFile(target.resolve("train/block-00000.bin").toFile(), "rw")) {
      file.write(7);
    }
    assertDamaged("hecksum");
  }

  private void assertDamaged(String how) {
    assertThatThrownBy(() -> open().read(Split.TRAIN, 0, 1))
        .isInstanceOf(IngestException.class)
        .hasMessageMatching("corpus: block .*/corpus/train/block-00000.bin is damaged: (?s).*")
        .hasMessageContaining(how)
        .hasMessageEndingWith("delete the corpus folder and prepare it again");
  }

  private void prepareAbc() {
    Texts.write(text, "abc");
    Texts.prepare(Texts.whole(text, "characters"), target);
  }

  private Corpus open() {
    return Corpus.open(Texts.hadoop(target), Texts.HADOOP);
  }

  private void overwrite(String file, String contents) {
    overwrite(file, contents.getBytes(StandardCharsets.UTF_8));
  }

  /** As it would be on a file system without checksums of its own. */
  private void overwrite(String file, byte[] contents) {
    Path path = Texts.write(target.resolve(file), contents);
    try {
      Files.deleteIfExists(path.resolveSibling("." + path.getFileName() + ".crc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(CorpusPlan plan, String message) {
    assertThatThrownBy(() -> Texts.prepare(plan, target))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith(message);
    assertThat(target.resolve("manifest.json")).doesNotExist();
  }

  private void assertNothingRemains() {
    try (var entries = Files.list(folder)) {
      List<String> names = entries.map(p -> p.getFileName().toString()).toList();
      assertThat(names).containsExactly("text");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
