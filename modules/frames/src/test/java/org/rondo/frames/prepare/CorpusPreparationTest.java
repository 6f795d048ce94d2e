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
import org.apache.hadoop.conf.Configuration;
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
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
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
    var corpus = new CorpusPlan(splits, tokenizer, new VocabularyPlan(1, 270), InvalidUtf8.REJECT);
    return prepare(frames(format, splits, order, invalid, ""), corpus, "out" + prepared++);
  }

  private static FramePlan frames(
      String format, SplitPlan splits, String order, InvalidRows invalid, String query) {
    var schema = new Options(Map.of("schema", "body STRING, n INT"));
    var source = new SourcePlan(format, schema, query);
    return new FramePlan(source, splits, Map.of("text", "body"), order, invalid, 4, 7);
  }

  private PreparedCorpus prepare(FramePlan frames, CorpusPlan corpus, String name) {
    return new CorpusPreparation(SharedSpark.session(), frames, corpus, 16).prepare(place(name));
  }

  private org.apache.hadoop.fs.Path place(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
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
  void fractionsOfRowsInOrderAreDecimal() {
    RowSplit split = RowSplit.of("all", Map.of(Split.VALIDATION, 0.4, Split.TEST, 0.2));
    assertThat(split.sizes(new long[] {10, 0, 0})).containsExactly(4, 4, 2);
  }

  @Test
  void corporaOfQueriesAreFoundWhereTheyLieBesideEachOther() {
    var splits = new SplitPlan.ByFraction(parquet(2).toString(), 0.2, 0.1);
    var corpus =
        new CorpusPlan(splits, "characters", VocabularyPlan.EVERYTHING, InvalidUtf8.REJECT);
    Configuration hadoop = SharedSpark.session().sparkContext().hadoopConfiguration();
    for (int most : new int[] {40, 50}) {
      String query = "SELECT * FROM data WHERE n < " + most;
      FramePlan plan = frames("parquet", splits, "", InvalidRows.REJECT, query);
      assertThat(CorpusPreparation.find(plan, corpus, place("queried"), hadoop)).isEmpty();
      Corpus made = prepare(plan, corpus, "queried").corpus();
      assertThat(CorpusPreparation.find(plan, corpus, place("queried"), hadoop))
          .map(found -> found.folder().getName())
          .contains(made.folder().getName());
    }
    assertThat(folder.toFile().list((in, name) -> name.matches("queried(-.{12})?"))).hasSize(2);
  }

  /** As GPT-2's has it, a token for two ends of lines: borders of documents are none of it. */
  @Test
  void theEndOfADocumentIsATokenOfItsOwnWhateverATokenizerFileMerges() throws IOException {
    Vocabulary bytes =
        Tokenizer.named("bpe").vocabulary(new TokenCounts(), false, new VocabularyPlan(1, 257));
    String merged =
        bytes
            .tokenizerFile()
            .orElseThrow()
            .replace("\"<unk>\" : 0,", "\"<unk>\" : 0, \"\u010A\u010A\" : 257,")
            .replace("\"merges\" : [ ]", "\"merges\" : [ \"\u010A \u010A\" ]");
    Path file = Files.writeString(folder.resolve("tokenizer.json"), merged);
    Path rows =
        Files.writeString(
            folder.resolve("rows.json"),
            "{\"body\": \"a\\n\\n\\nb\\n\\n\", \"n\": 1}\n{\"body\": \"c\", \"n\": 2}\n");
    var splits = new SplitPlan.ByFraction(rows.toString(), 0, 0);
    var corpus =
        new CorpusPlan(
            splits, "bpe", VocabularyPlan.EVERYTHING, InvalidUtf8.REJECT, false, file.toString());
    FramePlan plan = frames("json", splits, "n", InvalidRows.REJECT, "");
    Corpus prepared = prepare(plan, corpus, "merged").corpus();
    int[] ids = prepared.read(Split.TRAIN, 0, (int) prepared.tokens(Split.TRAIN));
    assertThat(Arrays.stream(ids).mapToObj(prepared.vocabulary()::token))
        .containsExactly("a", "\u010A\u010A", "\u010A", "b", "\u010A", "\u010A", "c", "\u010A");
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
