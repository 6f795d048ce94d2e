package org.rondo.ingest.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.Split;
import org.rondo.ingest.Texts;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.VocabularyPlan;

class CorpusTest {
  @TempDir private Path folder;
  private Path text;
  private Path target;

  @BeforeEach
  void places() {
    text = folder.resolve("text");
    target = folder.resolve("corpus");
  }

  @Test
  void everyByteOfATextComesBack() {
    String original = "CR\r\nLF\n\n\uD83D\uDE00 e\u0301 \uFEFF\u0000 no newline";
    Texts.write(text, original);
    Corpus corpus = Texts.prepare(Texts.whole(text, "characters"), target);
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo(original);
    assertThat(corpus.unknown(Split.TRAIN)).isZero();
  }

  @Test
  void filesOfADirectoryFollowInPathOrderWithoutHiddenOnes() {
    Texts.write(text.resolve("b.txt"), "2");
    Texts.write(text.resolve("a/z.txt"), "1");
    Texts.write(text.resolve("c.txt"), "3");
    Texts.write(text.resolve("_SUCCESS"), "x");
    Texts.write(text.resolve(".hidden/d.txt"), "x");
    Corpus corpus = Texts.prepare(Texts.whole(text, "characters"), target);
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo("123");
  }

  @Test
  void globsMatchFilesAndDirectories() {
    Texts.write(text.resolve("b.scala"), "2");
    Texts.write(text.resolve("b.java"), "x");
    Texts.write(text.resolve("d.scala/e.txt"), "3");
    Corpus corpus = Texts.prepare(Texts.whole(text.resolve("*.scala"), "characters"), target);
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo("23");
  }

  @Test
  void aHiddenNameMayBeNamedItself() {
    Path hidden = Texts.write(folder.resolve("_notes.txt"), "abc");
    assertThat(Texts.prepare(Texts.whole(hidden, "characters"), target).tokens(Split.TRAIN))
        .isEqualTo(3);
  }

  @Test
  void compressedFilesAreReadByTheirExtension() throws IOException {
    Files.createDirectories(text);
    Texts.gzip(text.resolve("a.gz"), "zip\u00E9");
    var codec = new BZip2Codec();
    codec.setConf(Texts.HADOOP);
    try (var out = codec.createOutputStream(Files.newOutputStream(text.resolve("b.bz2")))) {
      out.write("bz\u00FC".getBytes(StandardCharsets.UTF_8));
    }
    Texts.zstd(text.resolve("c.zst"), "z\u00E4", "st"); // two frames
    Corpus corpus = Texts.prepare(Texts.whole(text, "characters"), target);
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo("zip\u00E9bz\u00FCz\u00E4st");
  }

  @Test
  void fractionsCutInOrderByCodePoints() {
    Texts.write(text, "0123456789\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02bcdefgh");
    Corpus corpus = Texts.prepare(Texts.fractions(text, "characters", 0.05, 0.05), target);
    assertThat(Texts.text(corpus, Split.TRAIN))
        .isEqualTo("0123456789\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02bcdef");
    // "g" and "h" occur only beyond the training split, so they have no id.
    assertThat(Texts.text(corpus, Split.VALIDATION)).isEqualTo("<unk>");
    assertThat(Texts.text(corpus, Split.TEST)).isEqualTo("<unk>");
    assertThat(corpus.unknown(Split.VALIDATION)).isEqualTo(1);
    assertThat(corpus.vocabulary().size()).isEqualTo(19);
  }

  @Test
  void splitFilesKeepTheirSplits() {
    Texts.write(folder.resolve("tr"), "the <unk> cat\n");
    Texts.write(folder.resolve("va"), "the dog\n");
    var plan =
        new CorpusPlan(
            new SplitPlan.ByFile(
                folder.resolve("tr").toString(), folder.resolve("va").toString(), ""),
            "words",
            VocabularyPlan.EVERYTHING,
            InvalidUtf8.REJECT);
    Corpus corpus = Texts.prepare(plan, target);
    assertThat(corpus.vocabulary().size()).isEqualTo(4); // <unk>, <eos>, cat, the
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo("the <unk> cat\n");
    assertThat(Texts.text(corpus, Split.VALIDATION)).isEqualTo("the <unk>\n");
    assertThat(corpus.unknown(Split.TRAIN)).isEqualTo(1);
    assertThat(corpus.tokens(Split.TEST)).isZero();
    assertThatThrownBy(() -> corpus.tokens("dev"))
        .hasMessage("corpus: no split dev; there are train, validation and test");
  }

  @Test
  void aCorpusIsReusedUntilPlanOrTextChanges() {
    Texts.write(text, "abcabc");
    CorpusPlan plan = Texts.whole(text, "characters");
    var passes = new ArrayList<PrepareListener.Pass>();
    PrepareListener listener = (pass, bytes, total) -> passes.add(pass);
    Corpus.prepare(plan, Texts.hadoop(target), Texts.HADOOP, listener);
    assertThat(passes).contains(PrepareListener.Pass.values());

    passes.clear();
    Corpus.prepare(plan, Texts.hadoop(target), Texts.HADOOP, listener);
    assertThat(passes).isEmpty();
    assertThat(Corpus.isPrepared(plan, Texts.hadoop(target), Texts.HADOOP)).isTrue();

    assertThat(Corpus.isPrepared(Texts.whole(text, "words"), Texts.hadoop(target), Texts.HADOOP))
        .isFalse();
    Texts.write(text, "abcabcd");
    assertThat(Corpus.isPrepared(plan, Texts.hadoop(target), Texts.HADOOP)).isFalse();
    Corpus changed = Corpus.prepare(plan, Texts.hadoop(target), Texts.HADOOP, listener);
    assertThat(changed.tokens(Split.TRAIN)).isEqualTo(7);
  }

  @Test
  void twoPreparationsAtOnceAgree() {
    Texts.write(text, "abcabc");
    CorpusPlan plan = Texts.whole(text, "characters");
    PrepareListener meanwhile =
        (pass, bytes, total) -> {
          if (pass == PrepareListener.Pass.ENCODE) {
            Texts.prepare(plan, target);
          }
        };
    Corpus corpus = Corpus.prepare(plan, Texts.hadoop(target), Texts.HADOOP, meanwhile);
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo("abcabc");
    assertThat(names(folder)).containsExactlyInAnyOrder("text", "corpus");
  }

  @Test
  void progressEndsAtTheSizeOfTheText() {
    Texts.write(text.resolve("a"), "x".repeat(100_000));
    Texts.write(text.resolve("b"), "y".repeat(100_000));
    var last = new long[2];
    PrepareListener listener =
        (pass, bytes, total) -> {
          last[0] = bytes;
          last[1] = total;
        };
    Corpus.prepare(Texts.whole(text, "characters"), Texts.hadoop(target), Texts.HADOOP, listener);
    assertThat(last).containsExactly(200_000, 200_000);
  }

  @Test
  void rangesAreReadAcrossBlocks() {
    int length = 2 * CorpusWriter.IDS_PER_BLOCK + 1234;
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + i % 23);
    }
    Texts.write(text, bytes);
    Corpus corpus = Texts.prepare(Texts.whole(text, "characters"), target);
    long from = CorpusWriter.IDS_PER_BLOCK - 5L;
    int count = CorpusWriter.IDS_PER_BLOCK + 10;
    int[] expected =
        IntStream.range(0, count)
            .map(i -> corpus.vocabulary().id("" + (char) ('a' + (from + i) % 23)))
            .toArray();
    assertThat(corpus.read(Split.TRAIN, from, count)).isEqualTo(expected);
    assertThat(corpus.read(Split.TRAIN, length - 1L, 1)).hasSize(1);
    assertThatThrownBy(() -> corpus.read(Split.TRAIN, length, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void idsBeyondTwoBytesTakeFour() {
    var points = IntStream.range(0x10000, 0x10000 + 70_000);
    String many =
        points.collect(StringBuilder::new, StringBuilder::appendCodePoint, (a, b) -> {}).toString();
    Texts.write(text, many);
    Corpus corpus = Texts.prepare(Texts.whole(text, "characters"), target);
    assertThat(corpus.vocabulary().size()).isEqualTo(70_001);
    assertThat(Texts.text(corpus, Split.TRAIN)).isEqualTo(many);
  }

  @Test
  void aCorpusFolderTravelsWithItsSettings() throws IOException, ClassNotFoundException {
    Texts.write(text, "abc");
    Texts.prepare(Texts.whole(text, "characters"), target);
    var hadoop = new Configuration();
    hadoop.set("rondo.test", "42");
    CorpusFolder here = CorpusFolder.of(Texts.hadoop(target), hadoop);
    assertThat(here.hadoop().values()).containsEntry("rondo.test", "42").hasSizeLessThan(10);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(here);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      var there = (CorpusFolder) in.readObject();
      assertThat(there).isEqualTo(here);
      assertThat(there.open().tokens(Split.TRAIN)).isEqualTo(3);
    }
  }

  private static List<String> names(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.map(p -> p.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
