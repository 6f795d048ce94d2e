package org.rondo.frames.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ValueException;
import org.rondo.spark.ScalaCollections;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Example;

class RowReaderTest {
  private static final List<Column> ROLES =
      List.of(
          new Column("text", ColumnType.TEXT, Need.ALWAYS),
          new Column("label", ColumnType.LABEL, Need.TO_LEARN),
          new Column("weight", ColumnType.NUMBER, Need.OPTIONAL));

  private static Object seq(Object... values) {
    return ScalaCollections.sequence(Arrays.asList(values));
  }

  private static Example read(ColumnType type, String spark, Object value) {
    StructType schema = StructType.fromDDL("_file STRING, _line BIGINT, x " + spark);
    return reader(type, schema).example(RowFactory.create("f.ts", 3L, value));
  }

  private static RowReader reader(ColumnType type, StructType schema) {
    return RowReader.of(List.of(new Column("x", type, Need.ALWAYS)), Map.of(), schema, true);
  }

  @Test
  void numbersAndFlagsAreLabelsByTheirText() {
    assertThat(read(ColumnType.LABEL, "INT", 3).text("x")).isEqualTo("3");
    assertThat(read(ColumnType.LABEL, "BOOLEAN", true).text("x")).isEqualTo("true");
    assertThat(read(ColumnType.LABEL, "DOUBLE", 1.5).text("x")).isEqualTo("1.5");
    assertThat(read(ColumnType.LABEL, "DECIMAL(9,1)", new BigDecimal("1E+2")).text("x"))
        .isEqualTo("100");
    assertThat(read(ColumnType.NUMBER, "STRING", "2.5").number("x")).isEqualTo(2.5);
    assertThat(Double.doubleToRawLongBits(read(ColumnType.NUMBER, "DOUBLE", -0.0).number("x")))
        .isZero();
  }

  @Test
  void tokensAndSeriesAreReadFromArraysAndVectors() {
    assertThat(read(ColumnType.TOKENS, "ARRAY<STRING>", seq("a", "b")).tokens("x"))
        .containsExactly("a", "b");
    assertThat(read(ColumnType.SERIES, "ARRAY<DOUBLE>", seq(1.0, 2.0)).series("x"))
        .isDeepEqualTo(new float[][] {{1}, {2}});
    assertThat(
            read(ColumnType.SERIES, "ARRAY<ARRAY<FLOAT>>", seq(seq(1f, 2f), seq(3f, 4f)))
                .series("x"))
        .isDeepEqualTo(new float[][] {{1, 2}, {3, 4}});
    var vectors = DataTypes.createArrayType(SQLDataTypes.VectorType());
    Row steps =
        RowFactory.create(
            seq(Vectors.dense(1, 2), Vectors.sparse(2, new int[1], new double[] {3})));
    assertThat(
            reader(ColumnType.SERIES, new StructType().add("x", vectors))
                .example(steps)
                .series("x"))
        .isDeepEqualTo(new float[][] {{1, 2}, {3, 0}});
    Row whole = RowFactory.create(Vectors.dense(5, 6));
    assertThat(
            reader(ColumnType.SERIES, new StructType().add("x", SQLDataTypes.VectorType()))
                .example(whole)
                .series("x"))
        .isDeepEqualTo(new float[][] {{5}, {6}});
  }

  @Test
  void whatAFileHoldsIsReadAsItIs() {
    Example row = read(ColumnType.BYTES, "BINARY", new byte[] {1, 0, -1});
    assertThat(row.bytes("x")).containsExactly(1, 0, -1);
    var bytes = new ExampleBytes(List.of(new Column("x", ColumnType.BYTES, Need.ALWAYS)), Map.of());
    assertThat(bytes.decode(bytes.encode(row), "there").bytes("x")).containsExactly(1, 0, -1);
    assertThatThrownBy(() -> read(ColumnType.BYTES, "STRING", "abc"))
        .hasMessageContaining("column x is of type string; as x the task takes binary data");
  }

  @Test
  void valuesThatCannotBeUsedNamePlaceColumnAndReason() {
    assertBad(ColumnType.NUMBER, "STRING", "two", "holds \"two\", which is no number");
    assertBad(ColumnType.NUMBER, "DOUBLE", Double.NaN, "holds NaN, which is no finite number");
    assertBad(ColumnType.TOKENS, "ARRAY<STRING>", seq("a", null), "holds null as token 2");
    assertBad(
        ColumnType.SERIES,
        "ARRAY<DOUBLE>",
        seq(1.0, null),
        "holds null in step 2, which is no finite number");
    assertBad(
        ColumnType.SERIES,
        "ARRAY<DOUBLE>",
        seq(Double.POSITIVE_INFINITY),
        "holds Infinity in step 1, which is no finite number");
    assertBad(
        ColumnType.SERIES,
        "ARRAY<ARRAY<DOUBLE>>",
        seq(seq(1.0, 2.0), seq(3.0)),
        "holds 1 value in step 2, and 2 in step 1");
  }

  private static void assertBad(ColumnType type, String spark, Object value, String problem) {
    assertThatThrownBy(() -> read(type, spark, value))
        .isInstanceOf(BadExampleException.class)
        .hasMessage("f.ts, line 3: column x " + problem);
  }

  @Test
  void nullsAreMissingAndRowsThatWereNotParsedAreRefused() {
    StructType schema = StructType.fromDDL("text STRING, label STRING, _problem STRING");
    Row unlabelled = RowFactory.create("a", null, null);
    assertThat(RowReader.of(ROLES, Map.of(), schema, false).example(unlabelled).has("label"))
        .isFalse();
    RowReader reader = RowReader.of(ROLES, Map.of(), schema, true);
    assertThatThrownBy(() -> reader.example(unlabelled))
        .isInstanceOf(BadExampleException.class)
        .hasMessage("row text = a, label = null: column label has no value");
    assertThatThrownBy(() -> reader.example(RowFactory.create("a", null, "a,b,c")))
        .isInstanceOf(BadExampleException.class)
        .hasMessage(
            "row text = a, label = null: is malformed, or has too many or too few fields: a,b,c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "txt STRING, label STRING|data: no column text; the task needs one as its text: name it by"
            + " data.columns.text; the data has [txt, label]; did you mean txt?",
        "text STRING|data: no column label; the task needs one as its label: name it by"
            + " data.columns.label; the data has [text]",
        "text ARRAY<STRING>, label STRING|data: column text is of type array<string>; as text the"
            + " task takes a text, number or boolean: convert it by data.sql or name another by"
            + " data.columns.text",
        "text STRING, label DATE|data: column label is of type date; as label the task takes a"
            + " text, number or boolean: convert it by data.sql or name another by"
            + " data.columns.label",
      })
  void aSchemaThatDoesNotFitIsRefusedInOneSentence(String schema, String problem) {
    assertThatThrownBy(() -> RowReader.of(ROLES, Map.of(), StructType.fromDDL(schema), true))
        .isInstanceOf(IngestException.class)
        .hasMessage(problem);
  }

  @ParameterizedTest
  @CsvSource({"array<double>", "array<float>", "'array<decimal(10,2)>'"})
  void numbersWithFractionsAreNoTokens(String type) {
    List<Column> roles = List.of(new Column("tokens", ColumnType.TOKENS, Need.ALWAYS));
    StructType schema = StructType.fromDDL("tokens " + type);
    assertThatThrownBy(() -> RowReader.of(roles, Map.of(), schema, false))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "data: column tokens is of type "
                + type
                + "; as tokens the task takes an array of texts or of whole numbers: make it one by"
                + " CAST(tokens AS array<int>) or CAST(tokens AS array<string>)");
    StructType whole = StructType.fromDDL("tokens ARRAY<BIGINT>");
    Row row = RowFactory.create(seq(7L, 8L));
    assertThat(RowReader.of(roles, Map.of(), whole, false).example(row).tokens("tokens"))
        .containsExactly("7", "8");
    // Labels are told apart by whatever text they have.
    List<Column> labels = List.of(new Column("label", ColumnType.TOKENS, Need.TO_LEARN));
    assertThat(RowReader.of(labels, Map.of("label", "tokens"), schema, true).columns()).hasSize(1);
  }

  @Test
  void oneOfSeveralOptionalInputsMustBeThere() {
    List<Column> roles =
        List.of(
            new Column("text", ColumnType.TEXT, Need.OPTIONAL),
            new Column("tokens", ColumnType.TOKENS, Need.OPTIONAL),
            new Column("label", ColumnType.LABEL, Need.TO_LEARN));
    StructType none = StructType.fromDDL("label STRING, txt STRING");
    for (boolean learns : List.of(true, false)) {
      assertThatThrownBy(() -> RowReader.of(roles, Map.of(), none, learns))
          .isInstanceOf(IngestException.class)
          .hasMessage(
              "data: no column text, tokens; the task needs one of them: name it, such as by"
                  + " data.columns.text; the data has [label, txt]; did you mean txt?");
    }
    StructType one = StructType.fromDDL("label STRING, tokens ARRAY<STRING>");
    assertThat(RowReader.of(roles, Map.of(), one, true).columns()).hasSize(2);
  }

  @Test
  void rolesAndColumnsThatAreNamedMustExist() {
    StructType schema = StructType.fromDDL("review STRING, stars INT");
    assertThatThrownBy(() -> RowReader.of(ROLES, Map.of("txt", "review"), schema, true))
        .isInstanceOf(ValueException.class)
        .hasMessage(
            "data.columns.txt = review: the task has no such role; it has [text, label, weight]; did"
                + " you mean text?");
    assertThatThrownBy(() -> RowReader.of(ROLES, Map.of("text", "reviews"), schema, true))
        .isInstanceOf(ValueException.class)
        .hasMessage(
            "data.columns.text = reviews: the data has [review, stars]; did you mean review?");
    Map<String, String> named = Map.of("text", "review", "label", "stars");
    assertThat(RowReader.of(ROLES, named, schema, true).columns())
        .extracting(BoundColumn::name)
        .containsExactly("review", "stars");
    Map<String, String> unlabelled = Map.of("text", "review", "label", "rating");
    assertThat(RowReader.of(ROLES, unlabelled, schema, false).columns()).hasSize(1);
  }
}
