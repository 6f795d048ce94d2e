package org.rondo.frames.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.SharedSpark;
import org.rondo.frames.SourcePlan;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.models.Options;

class CorpusPreparationTest {
  private static final int DOCUMENTS = 60;

  @TempDir private Path folder;
  private int prepared;

  /** Some of two lines, some that end one. */
  private static String document(int number) {
    return "document "
        + number
        + (number % 3 == 0 ? "\nhas lines" : "")
        + (number % 2 == 0 ? "\n" : "");
  }

  private static Dataset<Row> documents(SparkSession spark) {
    List<Row> rows =
        IntStream.range(0, DOCUMENTS).mapToObj(n -> RowFactory.create(document(n), n)).toList();
    return spark.createDataFrame(
        rows, new StructType().add("body", DataTypes.StringType).add("n", DataTypes.IntegerType));
  }

  private PreparedCorpus prepare(String format, Path path, String order, String tokenizer) {
    return prepare(format, path, order, tokenizer, InvalidRows.REJECT);
  }

  private PreparedCorpus prepare(
      String format, Path path, String order, String tokenizer, InvalidRows invalid) {
    var splits = new SplitPlan.ByFraction(path.toString(), 0.2, 0.1);
    var schema = new Options(Map.of("schema", "body STRING, n INT"));
    var frames =
        new FramePlan(
            new SourcePlan(format, schema, ""),
            splits,
            Map.of("text", "body"),
            order,
            invalid,
            4,
            7);
    var corpus = new CorpusPlan(splits, tokenizer, new VocabularyPlan(1, 270), InvalidUtf8.REJECT);
    var place = new org.apache.hadoop.fs.Path(folder.resolve("out" + prepared++).toUri());
    return new CorpusPreparation(SharedSpark.session(), frames, corpus, 16).prepare(place);
  }

  private static String text(Corpus corpus, String split) {
    int[] ids = corpus.read(split, 0, (int) corpus.tokens(split));
    return corpus
        .tokenizer()
        .join(Arrays.stream(ids).mapToObj(corpus.vocabulary()::token).toList());
  }

  private Path parquet(int partitions) {
    Path path = folder.resolve("parquet" + partitions);
    documents(SharedSpark.session()).repartition(partitions).write().parquet(path.toString());
    return path;
  }

  @Test
  void documentsInTheirOrderMakeTheCorpusOfTheirText() {
    PreparedCorpus all = prepare("parquet", parquet(3), "n", "bpe");
    var expected = new StringBuilder();
    for (int n = 0; n < DOCUMENTS; n++) {
      expected.append(document(n)).append(document(n).endsWith("\n") ? "" : "\n");
    }
    var joined = new StringBuilder();
    Split.NAMES.forEach(split -> joined.append(text(all.corpus(), split)));
    assertThat(joined.toString()).isEqualTo(expected.toString());
    assertThat(all.documents()).isEqualTo(Map.of("train", 42L, "validation", 12L, "test", 6L));
    assertThat(all.corpus().dictionaries()).containsKey("tokenizer.json");
  }

  @Test
  void theWayInWhichDocumentsAreReadDecidesNothing() throws IOException {
    Path lines = folder.resolve("json");
    documents(SharedSpark.session())
        .repartition(5)
        .write()
        .option("compression", "gzip")
        .json(lines.toString());
    var corpora = new LinkedHashMap<String, Corpus>();
    corpora.put("one", prepare("parquet", parquet(1), "", "words").corpus());
    corpora.put("seven", prepare("parquet", parquet(7), "", "words").corpus());
    corpora.put("json", prepare("json", lines, "", "words").corpus());
    Corpus one = corpora.get("one");
    for (Corpus other : corpora.values()) {
      assertThat(other.vocabulary().toJson()).isEqualTo(one.vocabulary().toJson());
      for (String split : Split.NAMES) {
        assertThat(other.fingerprint(split)).isEqualTo(one.fingerprint(split));
        assertThat(text(other, split)).isEqualTo(text(one, split));
      }
    }
    assertThat(lines(prepare("json", lines, "", "bpe").corpus()))
        .isEqualTo(lines(prepare("json", lines, "n", "bpe").corpus()));
  }

  private static Set<String> lines(Corpus corpus) {
    var lines = new HashSet<String>();
    Split.NAMES.forEach(split -> lines.addAll(text(corpus, split).lines().toList()));
    return lines;
  }

  @Test
  void aCorpusIsFoundAgainAndNothingIsLeftBesideIt() throws IOException {
    Path rows = parquet(2);
    PreparedCorpus first = prepare("parquet", rows, "", "characters");
    prepared--;
    PreparedCorpus second = prepare("parquet", rows, "", "characters");
    assertThat(first.found()).isFalse();
    assertThat(second.found()).isTrue();
    assertThat(second.corpus().folder()).isEqualTo(first.corpus().folder());
    Path there = Path.of(first.corpus().folder().toUri().getPath());
    try (var files = Files.list(there)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> !f.endsWith(".crc")))
          .containsExactlyInAnyOrder(
              "manifest.json", "vocabulary.json", "train", "validation", "test");
    }
    try (var files = Files.list(there.getParent())) {
      assertThat(files.map(f -> f.getFileName().toString())).doesNotContain("_out0");
      assertThat(there.getParent()).isDirectoryNotContaining("glob:**/_*");
    }
  }

  @Test
  void rowsWithoutADocumentAreRefusedOrLeftOut() throws IOException {
    var lines = new ArrayList<String>(List.of("{\"body\": null, \"n\": 1}", "no json"));
    IntStream.range(0, DOCUMENTS).forEach(n -> lines.add("{\"body\": \"a\", \"n\": " + n + "}"));
    Path file = Files.write(folder.resolve("rows.json"), lines);
    assertThatThrownBy(() -> prepare("json", file, "", "characters"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("data: 2 of 62 rows cannot be used")
        .hasMessageContaining("row 2: is malformed");
    PreparedCorpus rest = prepare("json", file, "n", "characters", InvalidRows.SKIP);
    assertThat(rest.rejected()).isEqualTo(2);
    assertThat(rest.report().orElseThrow())
        .contains("2 rows were left out", "row 1: column body has no value");
    assertThat(text(rest.corpus(), Split.TRAIN)).isEqualTo("a\n".repeat(42));
  }
}
