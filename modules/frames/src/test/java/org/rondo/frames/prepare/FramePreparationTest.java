package org.rondo.frames.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.PreparationReport;
import org.rondo.frames.PreparedData;
import org.rondo.frames.Reviews;
import org.rondo.frames.SharedSpark;
import org.rondo.frames.SourcePlan;
import org.rondo.frames.WordsTask;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.sequences.SequenceReader;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ValueException;
import org.rondo.models.Options;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskReference;
import org.rondo.tasks.TaskSettings;

class FramePreparationTest {
  private final SparkSession spark = SharedSpark.session();

  @TempDir private Path folder;

  private static FramePlan plan(String format, SplitPlan splits, InvalidRows invalid) {
    return new FramePlan(SourcePlan.of(format), splits, Map.of(), "", invalid, 3, 1);
  }

  private FramePreparation preparation(FramePlan plan) {
    return new FramePreparation(spark, plan, new WordsTask(), WordsTask.SETTINGS);
  }

  private PreparedData prepare(FramePlan plan) {
    return preparation(plan).prepare(place("prepared"));
  }

  private org.apache.hadoop.fs.Path place(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private PreparedData prepare(String csv, InvalidRows invalid) throws IOException {
    Path file = Files.writeString(folder.resolve("rows.csv"), csv);
    return prepare(plan("csv", new SplitPlan.ByFraction(file.toString(), 0, 0), invalid));
  }

  @Test
  void splitsOfTheirOwnAreKeptAndReported() throws IOException {
    Path train = Files.writeString(folder.resolve("train.txt"), "neg\ta b a\npos\tc\npos\tc\n");
    Path test = Files.writeString(folder.resolve("test.txt"), "pos\tc d\nneg\tb\n");
    var splits = new SplitPlan.ByFile(train.toString(), "", test.toString());
    PreparedData data = prepare(plan("labelled-text", splits, InvalidRows.REJECT));

    assertThat(data.features().toJson()).isEqualTo("a b c|neg pos|0.0");
    assertThat(data.folder().open().count(Split.TRAIN)).isEqualTo(3);
    assertThat(data.folder().open().count(Split.VALIDATION)).isZero();
    assertThat(data.folder().open().count(Split.TEST)).isEqualTo(2);
    assertThat(data.report().table().lines())
        .containsExactly(
            "                     train         test",
            "rows                     3            2",
            "steps, median            1            1",
            "steps, 95 %              3            2",
            "steps, longest           3            2",
            "unknown words   0 (0.00 %)  1 (33.33 %)",
            "words                    5            3",
            "label pos                2            1",
            "label neg                1            1");
  }

  @Test
  void aDatasetOfTheSameFilesIsTakenAndOneOfOthersGoesBesideIt() throws IOException {
    String csv = Reviews.csv(Reviews.rows(40));
    PreparedData first = prepare(csv, InvalidRows.REJECT);
    Path file = folder.resolve("rows.csv");
    var plan = plan("csv", new SplitPlan.ByFraction(file.toString(), 0, 0), InvalidRows.REJECT);
    PreparedData again = prepare(plan);
    assertThat(again.found()).isTrue();
    assertThat(again.folder().uri()).isEqualTo(first.folder().uri());
    assertThat(again.report()).isEqualTo(first.report());
    assertThat(again.features().toJson()).isEqualTo(first.features().toJson());

    PreparedData changed = prepare(csv + "new words,1,2,3\n", InvalidRows.REJECT);
    assertThat(changed.found()).isFalse();
    assertThat(changed.folder().uri()).startsWith(first.folder().uri() + "-");
    assertThat(first.folder().open().count(Split.TRAIN)).isEqualTo(40);
    assertThat(changed.folder().open().count(Split.TRAIN)).isEqualTo(41);
    assertThat(prepare(plan).folder().uri()).isEqualTo(changed.folder().uri());
    try (var names = Files.list(folder)) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .allMatch(name -> name.equals("rows.csv") || name.startsWith("prepared"));
    }
  }

  /** A column that happens to be called weight weighs nothing. */
  @Test
  void rowsHaveTheWeightsOfTheColumnThatIsNamed() {
    Dataset<Row> rows = Reviews.frame(spark, Reviews.rows(40));
    Sequences plain = classified(Map.of(), rows);
    Sequences dropped = classified(Map.of(), rows.drop("weight"));
    assertThat(plain.fingerprint(Split.TRAIN)).isEqualTo(dropped.fingerprint(Split.TRAIN));
    assertThat(weights(plain)).containsOnly(1f);
    Sequences weighted = classified(Map.of("weight", "number"), rows);
    assertThat(weights(weighted).stream().mapToDouble(Float::doubleValue).sum())
        .isEqualTo(Reviews.rows(40).stream().mapToInt(row -> row.getInt(3)).sum());
    assertThatThrownBy(
            () ->
                classified(
                    Map.of("weight", "number"),
                    rows.selectExpr("text", "label", "nullif(number, 7) as number")))
        .hasMessageContaining("column number has no value");
  }

  @Test
  void rowsOfSeveralLabelsCountForEach() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT * FROM VALUES ('a b', array('x', 'y', 'x')), ('c', array('y')), ('d', array()) AS t(text, label)");
    PreparedData prepared = prepared(Map.of("several_labels", "true"), Map.of(), rows);
    assertThat(prepared.report().splits().get(Split.TRAIN).labels())
        .isEqualTo(Map.of("x", 1L, "y", 2L));
  }

  private Sequences classified(Map<String, String> columns, Dataset<Row> rows) {
    return prepared(Map.of(), columns, rows).folder().open();
  }

  private PreparedData prepared(
      Map<String, String> keys, Map<String, String> columns, Dataset<Row> rows) {
    Task task = Task.ALL.named("classification");
    var plan =
        new FramePlan(
            SourcePlan.of("table"),
            new SplitPlan.ByFraction("none", 0, 0),
            columns,
            "",
            InvalidRows.REJECT,
            3,
            1);
    var values = new TreeMap<>(TaskReference.defaults(task));
    values.putAll(keys);
    return new FramePreparation(spark, plan, task, new TaskSettings(task.name(), values))
        .prepare(Map.of("all", rows), place("classified"));
  }

  private static List<Float> weights(Sequences sequences) {
    var weights = new ArrayList<Float>();
    for (int part = 0; part < sequences.parts(Split.TRAIN); part++) {
      try (SequenceReader reader = sequences.reader(Split.TRAIN, part)) {
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
          weights.add(next.get().weight());
        }
      }
    }
    return weights;
  }

  @Test
  void rowsWithoutFilesAreComparedByTheirContent() {
    FramePreparation preparation =
        preparation(plan("table", new SplitPlan.ByFraction("none", 0.3, 0), InvalidRows.REJECT));
    Dataset<Row> rows = Reviews.frame(spark, Reviews.rows(40));
    PreparedData first = preparation.prepare(Map.of("all", rows), place("frame"));
    PreparedData again = preparation.prepare(Map.of("all", rows.repartition(5)), place("frame"));
    PreparedData other =
        preparation.prepare(Map.of("all", rows.union(rows.limit(1))), place("frame"));
    assertThat(first.found()).isFalse();
    assertThat(again.found()).isTrue();
    assertThat(other.found()).isFalse();
    assertThat(other.folder().uri()).startsWith(first.folder().uri() + "-");
  }

  @Test
  void aFolderWithinTheDataIsRefused() throws IOException {
    Files.writeString(folder.resolve("t.txt"), "a\tb\n");
    var splits = new SplitPlan.ByFraction(folder.toString(), 0, 0);
    assertThatThrownBy(() -> prepare(plan("labelled-text", splits, InvalidRows.REJECT)))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("prepared lies in the text's own directory");
  }

  @Test
  void anotherFolderIsNeverTouched() throws IOException {
    Files.createDirectories(folder.resolve("prepared"));
    Path file = Files.writeString(folder.resolve("prepared/mine.txt"), "mine");
    assertThatThrownBy(() -> prepare("text,label\na,1\nb,2\n", InvalidRows.REJECT))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("holds mine.txt but no sequences.json");
    assertThat(file).hasContent("mine");
  }

  @Test
  void rowsThatCannotBeUsedRefuseTheWholeWithTheFirstOfThem() throws IOException {
    String csv = "text,label\na b,1\n,2\nc,3,4\nd,\ne,2\n";
    assertThatThrownBy(() -> prepare(csv, InvalidRows.REJECT))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith(
            "data: 3 of 5 rows cannot be used; data.invalid_rows = skip leaves them out: ")
        .hasMessageContaining("rows.csv, row 2: column text is empty")
        .hasMessageContaining(
            "rows.csv, row 3: is malformed, or has too many or too few fields: c,3,4")
        .hasMessageContaining("rows.csv, row 4: column label has no value")
        .hasMessageEndingWith(
            "needs data.options.escape = \"\\\"\" and data.options.multiLine = true");
    assertThat(folder.resolve("prepared")).doesNotExist();
  }

  @Test
  void rowsThatCannotBeUsedAreLeftOutAndCounted() throws IOException {
    PreparedData data = prepare("text,label\na b,1\n,2\nc,3,4\nd,\ne,2\n", InvalidRows.SKIP);
    PreparationReport report = data.report();
    assertThat(report.splits().get(Split.TRAIN).rows()).isEqualTo(2);
    assertThat(report.rejected()).isEqualTo(3);
    assertThat(report.sample()).hasSize(3);
    assertThat(report.sample().get(0)).endsWith("rows.csv, row 2: column text is empty");
    assertThat(report.table()).contains("3 rows were left out:").doesNotContain("more");
    var longer = new PreparationReport(report.splits(), 7, report.sample());
    assertThat(longer.leftOut().orElseThrow()).startsWith("7 rows").endsWith("  and 4 more");
  }

  @Test
  void rowsOfLabelsThatNoTrainingRowHasAreCountedBySplit() throws IOException {
    Path train = Files.writeString(folder.resolve("train.csv"), "text,label\na b,1\nb c,2\n");
    Path validation =
        Files.writeString(folder.resolve("validation.csv"), "text,label\na,3\nb,1\nc,4\n,1\n");
    var splits = new SplitPlan.ByFile(train.toString(), validation.toString(), "");

    PreparedData data = prepare(plan("csv", splits, InvalidRows.SKIP));

    PreparationReport report = data.report();
    assertThat(report.splits().get(Split.VALIDATION).rows()).isEqualTo(1);
    assertThat(report.splits().get(Split.VALIDATION).counts())
        .containsEntry("left out for unseen labels", 2L);
    assertThat(report.splits().get(Split.TRAIN).counts())
        .doesNotContainKey("left out for unseen labels");
    assertThat(report.table())
        .containsPattern("left out for unseen labels +0 +2\\R")
        .contains(
            "3 rows were left out, 2 of them since no training row has their label, so that no score");
  }

  @Test
  void placesAreFileAndLineWhereTheyAreKnown() throws IOException {
    var text = new StringBuilder();
    for (int i = 1; i <= 12; i++) {
      text.append(i % 3 == 0 ? "no tab\n" : "l" + i % 2 + "\ttext\n");
    }
    Path file = Files.writeString(folder.resolve("t.txt"), text);
    var splits = new SplitPlan.ByFraction(file.toString(), 0, 0);
    assertThatThrownBy(() -> prepare(plan("labelled-text", splits, InvalidRows.REJECT)))
        .hasMessageContaining("4 of 12 rows")
        .hasMessageContaining("t.txt, line 3: has no tab between label and text; ")
        .hasMessageMatching(".*line 3:.*line 6:.*line 9:.*line 12:.*");
  }

  @Test
  void rowsThatAreAllBadAreNotToBeSkipped() {
    assertThatThrownBy(() -> prepare("text,label\na,\nb,\n", InvalidRows.REJECT))
        .isInstanceOf(IngestException.class)
        .hasMessageStartingWith("data: not one of 2 rows can be used: ")
        .hasMessageNotContaining("skip");
  }

  @Test
  void aFileThatCannotBeReadIsOneSentence() throws IOException {
    Path file = folder.resolve("bad.txt");
    Files.write(file, new byte[] {'a', '\t', (byte) 0xFF, '\n'});
    var splits = new SplitPlan.ByFraction(file.toString(), 0, 0);
    assertThatThrownBy(() -> prepare(plan("labelled-text", splits, InvalidRows.SKIP)))
        .isInstanceOf(IngestException.class)
        .hasMessageMatching("data: file:.*bad.txt, line 1 is not UTF-8; convert the file");
  }

  @Test
  void dataWithoutRowsAndDataOfOneLabelAreRefused() throws IOException {
    assertThatThrownBy(() -> prepare("text,label\n", InvalidRows.REJECT))
        .isInstanceOf(IngestException.class)
        .hasMessage("data: there is no row that can be used");
    assertThatThrownBy(() -> prepare("text,label\na,1\n", InvalidRows.REJECT))
        .isInstanceOf(IngestException.class)
        .hasMessage("words: one label is not enough");
    assertThatThrownBy(() -> prepare("text,label\n,1\n", InvalidRows.SKIP))
        .hasMessageContaining("there is no row that can be used");
  }

  @Test
  void aRowThatOnlyEncodingRefusesIsNamed() throws IOException {
    Path train = Files.writeString(folder.resolve("train.txt"), "neg\ta\npos\tc\n");
    Path test = Files.writeString(folder.resolve("test.txt"), "new\tc d\nneg\tb\n");
    var splits = new SplitPlan.ByFile(train.toString(), "", test.toString());
    assertThatThrownBy(() -> prepare(plan("labelled-text", splits, InvalidRows.REJECT)))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("1 of 4 rows")
        .hasMessageContaining("test.txt, line 1: column label holds a label that no row");
    try (var names = Files.list(folder)) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .containsExactlyInAnyOrder("train.txt", "test.txt");
    }
  }

  @Test
  void anOrderColumnCutsSplitsInOrder() throws IOException {
    var rows = Reviews.rows(50);
    Dataset<Row> frame = Reviews.frame(spark, rows.subList(0, 50));
    var plan =
        new FramePlan(
            new SourcePlan("table", Options.NONE, ""),
            new SplitPlan.ByFraction("none", 0.2, 0.1),
            Map.of(),
            "number",
            InvalidRows.REJECT,
            3,
            1);
    PreparedData data = preparation(plan).prepare(Map.of("all", frame), place("ordered"));
    assertThat(data.folder().open().count(Split.TRAIN)).isEqualTo(35);
    assertThat(data.folder().open().count(Split.VALIDATION)).isEqualTo(10);
    assertThat(data.folder().open().count(Split.TEST)).isEqualTo(5);
    String words = data.features().toJson();
    PreparedData first =
        preparation(plan("table", new SplitPlan.ByFraction("none", 0, 0), InvalidRows.REJECT))
            .prepare(Map.of("all", frame.filter("number < 35")), place("first"));
    assertThat(words.substring(0, words.lastIndexOf('|')))
        .as("training rows are the first 35")
        .isEqualTo(first.features().toJson().substring(0, words.lastIndexOf('|')));
    var wrong =
        new FramePlan(
            SourcePlan.of("table"), plan.splits(), Map.of(), "nummer", InvalidRows.REJECT, 3, 1);
    assertThatThrownBy(() -> preparation(wrong).prepare(Map.of("all", frame), place("wrong")))
        .isInstanceOf(ValueException.class)
        .hasMessageContaining("did you mean number?");
    Dataset<Row> unordered = frame.withColumn("number", functions.expr("nullif(number, 7)"));
    assertThatThrownBy(() -> preparation(plan).prepare(Map.of("all", unordered), place("null")))
        .hasMessageEndingWith(": column number, which rows are ordered by, has no value");
  }

  @Test
  void aVocabularyThatIsGivenReachesTheTask() throws IOException {
    Path file = Files.writeString(folder.resolve("t.txt"), "a\tb\nb\tc\n");
    var splits = new SplitPlan.ByFraction(file.toString(), 0, 0);
    FramePreparation preparation = preparation(plan("labelled-text", splits, InvalidRows.REJECT));
    preparation.prepare(place("own"));
    var given = new Vocabulary("words", List.of(Vocabulary.UNKNOWN, "b"));
    assertThatThrownBy(() -> preparation.startingFrom(given).prepare(place("own")))
        .isInstanceOf(ValueException.class)
        .hasMessageContaining("cannot start from the vocabulary of another network");
  }

  @Test
  void equalRowsAreKeptAndOfOneSplit() {
    List<Row> rows = Reviews.rows(30);
    Dataset<Row> twice = Reviews.frame(spark, rows).union(Reviews.frame(spark, rows));
    FramePreparation preparation =
        preparation(plan("table", new SplitPlan.ByFraction("none", 0.4, 0), InvalidRows.REJECT));
    PreparedData once =
        preparation.prepare(Map.of("all", Reviews.frame(spark, rows)), place("once"));
    PreparedData both = preparation.prepare(Map.of("all", twice), place("twice"));
    for (String split : List.of(Split.TRAIN, Split.VALIDATION)) {
      assertThat(both.folder().open().count(split))
          .isEqualTo(2 * once.folder().open().count(split))
          .isPositive();
    }
  }
}
