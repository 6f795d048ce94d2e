package org.rondo.frames.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.frames.SharedSpark;
import org.rondo.frames.SourcePlan;
import org.rondo.frames.rows.RowReader;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ValueException;
import org.rondo.models.Options;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Example;

class FrameSourceTest {
  private final SparkSession spark = SharedSpark.session();

  @TempDir private Path folder;

  private Dataset<Row> read(String format, Map<String, String> options, String sql, Path path) {
    return new FrameSource(spark, new SourcePlan(format, new Options(options), sql))
        .read(path.toString());
  }

  @Test
  void rowsOfOurFormatsSayFileAndLine() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "x A\ny B\n\nz\n");
    try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.txt.gz")))) {
      out.write("w C\n".getBytes(StandardCharsets.UTF_8));
    }
    Dataset<Row> rows = read("conll", Map.of("columns", "word tag"), "", folder);

    assertThat(rows.schema().toDDL())
        .isEqualTo(
            "word ARRAY<STRING>,tag ARRAY<STRING>,_file STRING,_line BIGINT,_problem STRING");
    List<Row> found = rows.orderBy(RowOrigin.FILE, RowOrigin.LINE).collectAsList();
    assertThat(found).hasSize(3);
    assertThat(found.get(0).<String>getList(0)).containsExactly("x", "y");
    assertThat(found.get(1).getString(2)).endsWith("a.txt");
    assertThat(found.get(1).getLong(3)).isEqualTo(4);
    assertThat(found.get(1).getString(4)).contains("missing is tag");
    assertThat(found.get(2).<String>getList(1)).containsExactly("C");
    assertThat(rows.limit(1).count()).isEqualTo(1);
  }

  @Test
  void aFolderPerLabelIsRead() throws IOException {
    for (String name :
        List.of("pos/1.txt", "neg/1.txt", "unsup/1.txt", "neg/old/2.txt", "README")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "text of " + name + "\n");
    }
    List<Row> rows =
        read(
                "labelled-folders",
                Map.of("labels", "pos neg"),
                "SELECT label, text FROM data",
                folder)
            .orderBy("label")
            .collectAsList();
    assertThat(rows).extracting(row -> row.getString(0)).containsExactly("neg", "pos");
    assertThat(rows.get(1).getString(1)).isEqualTo("text of pos/1.txt");
    assertThatThrownBy(() -> read("labelled-folders", Map.of("labels", "x"), "", folder))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("is one that the format labelled-folders reads");
    Files.delete(folder.resolve("pos/1.txt"));
    List<Row> empty =
        read("labelled-folders", Map.of("labels", "pos neg"), "", folder)
            .filter(RowOrigin.PROBLEM + " IS NOT NULL")
            .select(RowOrigin.FILE, RowOrigin.PROBLEM)
            .collectAsList();
    assertThat(empty).hasSize(1);
    assertThat(empty.get(0).getString(0)).endsWith("/pos");
    assertThat(empty.get(0).getString(1)).isEqualTo("holds no text");
  }

  @Test
  void raggedRowsOfCsvAreKeptWithTheirText() throws IOException {
    Files.writeString(
        folder.resolve("r.csv"), "label,text\na,one\nb,two, three\nc\n\"d\",\"4,5\"\n");
    List<Row> rows =
        read("csv", Map.of(), "", folder.resolve("r.csv"))
            .select("text", RowOrigin.PROBLEM)
            .collectAsList();
    assertThat(rows)
        .extracting(row -> row.getString(1))
        .containsExactly(null, "b,two, three", "c", null);
    assertThat(rows.get(3).getString(0)).isEqualTo("4,5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "text"})
  void filesOfZstandardAreRead(String format) throws IOException {
    String line = format.equals("csv") ? "a\nx\n" : "{\"a\": \"x\"}\n";
    Files.write(folder.resolve("r.zst"), Zstd.compress(line.getBytes(StandardCharsets.UTF_8)));
    Dataset<Row> rows = read(format, Map.of(), "", folder.resolve("r.zst"));
    assertThat(rows.collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(format.equals("text") ? line.strip() : "x");
  }

  @Test
  void malformedLinesOfJsonAreKeptWithTheirText() throws IOException {
    Files.writeString(folder.resolve("r.json"), "{\"a\": 1}\n{\"a\": 2\n");
    List<Row> rows =
        read("json", Map.of(), "", folder.resolve("r.json"))
            .select("a", RowOrigin.PROBLEM)
            .collectAsList();
    assertThat(rows).extracting(row -> row.getString(1)).containsExactly(null, "{\"a\": 2");
  }

  @Test
  void rowsThatSparkReadsSayTheirFileAndNumber() throws IOException {
    Path many = Files.createDirectories(folder.resolve("of many"));
    Files.writeString(many.resolve("a.csv"), "n,w\n1,x\n2,\"y\nz\"\n\n3,\n");
    Files.writeString(many.resolve("b.csv"), "n,w\n4,u\n5\n");
    List<Row> rows =
        read("csv", Map.of("multiLine", "true"), "SELECT * FROM data WHERE n > 1", many)
            .orderBy("n")
            .collectAsList();
    assertThat(rows)
        .extracting(row -> row.getString(0), row -> row.getString(4))
        .containsExactly(
            tuple("2", "row 2"), tuple("3", "row 3"), tuple("4", "row 1"), tuple("5", "row 2"));
    assertThat(rows.get(1).getString(3)).isEqualTo("file:" + many.resolve("a.csv"));
    assertThat(rows.get(3).getString(3)).isEqualTo("file:" + many.resolve("b.csv"));
  }

  @Test
  void anEmptyCellOfCsvIsAnEmptyTextAndNoLabel() throws IOException {
    Path file = Files.writeString(folder.resolve("r.csv"), "text,label\n,a\nb,\n");
    List<Column> roles =
        List.of(
            new Column("text", ColumnType.TEXT, Need.ALWAYS),
            new Column("label", ColumnType.LABEL, Need.TO_LEARN));
    Dataset<Row> rows = read("csv", Map.of(), "", file);
    RowReader reader = RowReader.of(roles, Map.of(), rows.schema(), true);
    List<Row> found = rows.collectAsList();
    assertThat(reader.example(found.get(0)).text("text")).isEmpty();
    assertThatThrownBy(() -> reader.example(found.get(1)))
        .hasMessage("file:" + file + ", row 2: column label has no value");
    Dataset<Row> told = read("csv", Map.of("nullValue", "?"), "", file);
    assertThat(RowReader.of(roles, Map.of(), told.schema(), true).columns())
        .noneMatch(column -> column.nullIsEmpty());
  }

  @Test
  void rowsOfLaterPiecesOfAFileSayWhereThoseBegin() throws IOException {
    Path file = folder.resolve("r.json");
    Files.writeString(file, "{\"a\": 1}\n".repeat(100));
    spark.conf().set("spark.sql.files.maxPartitionBytes", "500");
    try {
      List<String> numbers =
          read("json", Map.of(), "", file)
              .select(RowOrigin.ROW)
              .as(Encoders.STRING())
              .collectAsList();
      assertThat(numbers).hasSize(100).doesNotHaveDuplicates();
      assertThat(numbers).contains("row 1", "row 50", "row 1 from byte 500");
    } finally {
      spark.conf().unset("spark.sql.files.maxPartitionBytes");
    }
  }

  @Test
  void aSchemaAndAQueryShapeTheRows() throws IOException {
    Files.writeString(folder.resolve("r.csv"), "n,w\n1,a b\n2,c\n");
    Dataset<Row> rows =
        read(
            "csv",
            Map.of("schema", "n INT, w STRING"),
            "SELECT split(w, ' ') AS words, n FROM data WHERE n < 2",
            folder.resolve("r.csv"));
    assertThat(rows.schema().toDDL()).isEqualTo("words ARRAY<STRING>,n INT");
    assertThat(rows.collectAsList().get(0).<String>getList(0)).containsExactly("a", "b");
  }

  @Test
  void wholeFilesAreRowsThatSayTheirFile() throws IOException {
    Files.write(folder.resolve("7_a.wav"), new byte[] {1, 2, 3});
    Files.write(folder.resolve("9_b.wav"), new byte[] {4});
    String sql =
        "SELECT content AS audio, substring(element_at(split(path, '/'), -1), 1, 1) AS transcript,"
            + " _file FROM data";
    Dataset<Row> rows = read("binaryFile", Map.of(), sql, folder);
    RowReader reader =
        RowReader.of(
            List.of(
                new Column("audio", ColumnType.BYTES, Need.ALWAYS),
                new Column("transcript", ColumnType.TEXT, Need.TO_LEARN)),
            Map.of(),
            rows.schema(),
            true);
    List<Example> found =
        rows.orderBy(RowOrigin.FILE).collectAsList().stream().map(reader::example).toList();
    assertThat(found).extracting(row -> row.bytes("audio").length).containsExactly(3, 1);
    assertThat(found).extracting(row -> row.text("transcript")).containsExactly("7", "9");
    assertThat(found.get(1).place()).contains("9_b.wav");
  }

  @Test
  void tablesAreRead() {
    spark.range(3).toDF("n").createOrReplaceTempView("three");
    var source = new FrameSource(spark, SourcePlan.of("table"));
    assertThat(source.read("three").count()).isEqualTo(3);
    assertThat(source.files("three")).isEmpty();
    assertThatThrownBy(() -> source.read("four"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("four");
  }

  @Test
  void aViewOfTheSessionIsNotReplaced() {
    spark.range(3).toDF("n").createOrReplaceTempView("data");
    try {
      var plan = new SourcePlan("table", Options.NONE, "SELECT * FROM data");
      assertThatThrownBy(() -> new FrameSource(spark, plan).read("data"))
          .isInstanceOf(IngestException.class)
          .hasMessageContaining("name that otherwise");
      assertThat(spark.table("data").count()).isEqualTo(3);
    } finally {
      spark.catalog().dropTempView("data");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet", "ts"})
  void aPathWithoutFilesIsRefusedInOneSentence(String format) {
    assertThatThrownBy(() -> read(format, Map.of(), "", folder.resolve("none")))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("nothing at")
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatCannotBeUnderstoodIsRefusedInOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("r.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> read("cvs", Map.of(), "", file))
        .isInstanceOf(ValueException.class)
        .hasMessageContaining("cvs")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> read("csv", Map.of(), "SELECT c FROM data", file))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("`c`")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> read("csv", Map.of(), "SELCT a FROM data", file))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("Syntax error at or near")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> read("ts", Map.of("mising", "previous"), "", file))
        .hasMessageContaining("format ts has no such option");
  }
}
