package org.rondo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.sequences.SequenceWriter;
import org.rondo.ingest.text.Vocabulary;

/** Files of a dataset that were damaged or made up are refused by file and field. */
class CraftedJsonTest {
  @TempDir private Path folder;
  private Path target;
  private CorpusPlan plan;

  @BeforeEach
  void prepare() {
    plan = Texts.whole(Texts.write(folder.resolve("text"), "abc"), "characters");
    target = folder.resolve("corpus");
    Texts.prepare(plan, target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"tokens\" : 3; \"tokens\" : null; tokens",
        "\"tokens\" : 3; \"tokens\" : 3.0; tokens",
        "\"tokens\" : 3; \"tokens\" : 3, \"more\" : 1; more",
        "\"tokens\" : 3,; ; tokens",
        "\"unknown\" : 0; \"unknown\" : 4; 4 of them unknown",
        "\"unknown\" : 0; \"unknown\" : -1; -1 of them unknown",
        "\"replaced\" : 0; \"replaced\" : -1; replaced is -1",
        "\"replaced\" : 0; \"replaced\" : 99999999999999999999; replaced",
        "\"train\" : {; \"dev\" : {; split \"dev\"",
        "\"version\" : 1; \"version\" : null; format null",
        "\"version\" : 1; \"version\" : 1.5; format 1.5",
        "\"version\" : 1,; ; without a version",
        "\"tokenizer\" : \"characters\"; \"tokenizer\" : null; tokenizer",
        "\"tokenizer\" : \"characters\"; \"tokenizer\" : \"runes\"; runes: no such tokenizer",
        "\"type\" : \"by-fraction\"; \"type\" : \"by-hand\"; by-hand",
        "\"length\" : 3; \"length\" : -3; -3 bytes",
        "\"bytesPerId\" : 2; \"bytesPerId\" : 3; 3 bytes",
        "\"checksums\" : [; \"checksums\" : [ null,; checksum",
        "\"checksums\" : [; \"checksums\" : [ -1,; checksum -1",
        "\"vocabularySha256\" : \"; \"vocabularySha256\" : \"x; is no SHA-256",
      })
  void aManifestIsRefusedAndItsCorpusStays(String written, String crafted, String problem) {
    edit("manifest.json", written, crafted == null ? "" : crafted);
    for (Runnable read : List.<Runnable>of(this::open, () -> Texts.prepare(plan, target))) {
      assertThatThrownBy(read::run)
          .isInstanceOf(IngestException.class)
          .hasMessageContaining("corpus/manifest.json is not valid: ")
          .hasMessageContaining(problem)
          .hasMessageNotContaining("Cannot invoke");
    }
    assertThat(target.resolve("train/block-00000.bin")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"a\"; null; null",
        "\"tokenizer\" : \"characters\"; \"tokenizer\" : null; tokenizer",
        "\"tokenizer\" : \"characters\",; ; tokenizer",
        "\"tokens\" : [; \"token\" : [; token",
        "\"a\"; \"b\"; comes twice",
      })
  void aVocabularyIsRefused(String written, String crafted, String problem) {
    edit("vocabulary.json", written, crafted == null ? "" : crafted);
    assertThatThrownBy(this::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("corpus/vocabulary.json: vocabulary: ")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("Cannot invoke");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "3", "{} {}"})
  void whatIsNoObjectIsNoVocabulary(String json) {
    assertThatThrownBy(() -> Vocabulary.fromJson(json))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("vocabulary: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"sequences\" : 1; \"sequences\" : -16; -16 sequences",
        "\"sequences\" : 1; \"sequences\" : 9000000000000000000; 9000000000000000000 sequences",
        "\"targets\" : 1; \"targets\" : -1; -1 targets",
        "\"targets\" : 1; \"targets\" : 12; 12 targets",
        "\"longest\" : 2; \"longest\" : 3; longest of 3",
        "\"bytes\" : 11; \"bytes\" : -11; -11 bytes",
        "\"file\" : \"train/; \"file\" : \"../; no name of a part",
        "\"version\" : 5; \"version\" : 6; format 6, this program reads 1 to 5",
        "\"version\" : 5; \"version\" : 5, \"more\" : 1; more",
        "\"2\" : 1; \"2\" : 2; of 1 sequences with the lengths {2=2}",
        "\"2\" : 1; \"-2\" : 1; 1 sequences of length -2",
        "\"dictionaries\" : {; \"dictionaries\" : { \"../vocabulary.json\" : \"\"; no name of a dictionary",
        "\"train\" : [; \"train\" : [ null,; null",
        "\"train\" : [; \"dev\" : [; no split dev",
        "\"ids\" : [ 5 ]; \"ids\" : [ -5 ]; ids below [-5]",
        "\"ids\" : [ 5 ],; ; ids",
      })
  void aFolderOfSequencesIsRefused(String written, String crafted, String problem) {
    SequenceFolder place =
        SequenceFolder.of(Texts.hadoop(folder.resolve("sequences")), Texts.HADOOP);
    var shape = new SequenceShape(List.of(5), 0, 5, 0);
    try (SequenceWriter writer = place.writer(shape, "train", 0, 0)) {
      writer.add(Sequence.labelled(new int[] {1, 2}, 3));
      place.commit(shape, Map.of("train", List.of(writer.finish())));
    }
    target = folder.resolve("sequences");
    edit("sequences.json", written, crafted == null ? "" : crafted);
    assertThatThrownBy(place::open)
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("sequences/sequences.json is not valid: ")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("Cannot invoke");
    assertThatThrownBy(() -> place.writer(shape, "train", 1, 0))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("holds a dataset already");
  }

  @Test
  void filesOfBeforeLowercaseAreReadAndWrittenAsTheyWere() throws IOException {
    assertThat(Files.readString(target.resolve("manifest.json"))).doesNotContain("lowercase");
    assertThat(Files.readString(target.resolve("vocabulary.json"))).doesNotContain("lowercase");
    assertThat(open().vocabulary().lowercase()).isFalse();
    assertThat(open().vocabulary().toJson())
        .isEqualTo(Files.readString(target.resolve("vocabulary.json")));
    assertThat(Vocabulary.fromJson("{\"tokenizer\":\"words\",\"tokens\":[\"<unk>\"]}").toJson())
        .isEqualTo("{\n  \"tokenizer\" : \"words\",\n  \"tokens\" : [ \"<unk>\" ]\n}");
  }

  private Corpus open() {
    return Corpus.open(Texts.hadoop(target), Texts.HADOOP);
  }

  private void edit(String file, String written, String crafted) {
    try {
      String json = Files.readString(target.resolve(file));
      assertThat(json).contains(written);
      Texts.write(
          target.resolve(file),
          json.replaceFirst(Pattern.quote(written), Matcher.quoteReplacement(crafted)));
      Files.deleteIfExists(target.resolve("." + file + ".crc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
