package org.rondo.frames.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.ingest.IngestException;
import org.rondo.models.Options;
import org.rondo.tasks.ColumnType;

class RowFormatsTest {
  private static final String HEADER =
      """
      #a comment
      @problemName x
      @timeStamps false
      @missing true
      @univariate false
      @dimensions 2
      @equalLength false
      @classLabel true up down
      @data
      """;

  private static List<FormatRow> rows(LineFormat format, String text, Map<String, String> options) {
    return rows(format, "some/dir/file.txt", text.getBytes(StandardCharsets.UTF_8), options);
  }

  private static List<FormatRow> rows(
      LineFormat format, String file, byte[] text, Map<String, String> options) {
    var found = new ArrayList<FormatRow>();
    try (var lines = new TextLines(file, new ByteArrayInputStream(text))) {
      format.rows(lines, new Options(options)).forEachRemaining(found::add);
    }
    return found;
  }

  @Test
  void everyFormatIsFoundByItsName() {
    assertThat(RowFormat.names()).contains("conll", "ts", "labelled-text", "labelled-folders");
    assertThat(RowFormat.named("ts")).isInstanceOf(TsFormat.class);
    assertThatThrownBy(() -> RowFormat.named("tss")).hasMessageContaining("labelled-text");
  }

  @Test
  void sentencesOfConllAreRowsWithAListForEachColumn() {
    String text =
        "-DOCSTART- -X- O\n\n\uFEFFThe DT B-NP\r\npound  NN\tI-NP\n\n \n# # B-NP\n-DOCSTART- -X- O\nend NN O";
    List<FormatRow> rows = rows(new ConllFormat(), text, Map.of("columns", "word,-,chunk"));

    assertThat(rows).extracting(FormatRow::line).containsExactly(3L, 7L, 9L);
    assertThat(rows).extracting(FormatRow::problem).containsOnlyNulls();
    assertThat(rows.get(0).values())
        .containsExactly(List.of("\uFEFFThe", "pound"), List.of("B-NP", "I-NP"));
    assertThat(rows.get(1).values()).containsExactly(List.of("#"), List.of("B-NP"));
    assertThat(new ConllFormat().columns(new Options(Map.of("columns", "word,-,chunk"))))
        .containsExactly(
            new FormatColumn("word", ColumnType.TOKENS),
            new FormatColumn("chunk", ColumnType.TOKENS));
  }

  @Test
  void tabsKeepBlanksWithinTokensAndCommentsArePassedOver() {
    Map<String, String> options =
        Map.of("columns", "word tag", "separator", "tab", "comments", "# ");
    List<FormatRow> rows =
        rows(new ConllFormat(), "# id = 1\nNew York\tB\n#\tO\n\na b\n\n\tO\n", options);

    assertThat(rows.get(0).values()).containsExactly(List.of("New York", "#"), List.of("B", "O"));
    assertThat(rows.get(1).line()).isEqualTo(5);
    assertThat(rows.get(1).problem())
        .isEqualTo("has 1 column, of which the first is \"a b\"; missing is tag");
    assertThat(rows.get(2).problem()).isEqualTo("has an empty column among [word, tag]");
  }

  @Test
  void aLineOfTooFewColumnsRefusesItsSentenceAlone() {
    List<FormatRow> rows =
        rows(new ConllFormat(), "a X\nb\nc Y\nd\n\ne Z\n\n# x\n", Map.of("columns", "word tag x"));

    assertThat(rows).extracting(FormatRow::line).containsExactly(1L, 6L, 8L);
    assertThat(rows.get(0).problem()).contains("missing is x");
    assertThat(rows.get(2).problem()).contains("if it is a comment");
    assertThat(rows(new ConllFormat(), "\n\n", Map.of("columns", "word"))).isEmpty();
  }

  @Test
  void aSentenceWhoseLinesHaveOtherNumbersOfColumnsIsRefused() {
    Map<String, String> columns = Map.of("columns", "- word - tag");
    String tree = "# text = I am here\n1\tI\tI\tPRON\tx\n2\tam\tbe\tAUX\tx\n\n";
    String spaces = "1\tNew York\tN\tPROPN\tx\n2\tis\tbe\tAUX\tx\n\n1\ta\ta\tDET\tx\n";

    List<FormatRow> rows = rows(new ConllFormat(), tree + spaces, columns);

    assertThat(rows.get(0).problem())
        .isEqualTo(
            "has 5 columns, and the first line of its sentence 6; if lines that begin with # are comments, set data.options.comments = \"# \"");
    assertThat(rows.get(0).line()).isEqualTo(2);
    assertThat(rows.get(1).problem())
        .isEqualTo(
            "has 5 columns, and the first line of its sentence 6; if tabs alone separate columns, set data.options.separator = tab");
    assertThat(rows.get(2).problem()).isNull();
    Map<String, String> asDistributed =
        Map.of("columns", "- word - tag", "separator", "tab", "comments", "# ");
    assertThat(rows(new ConllFormat(), tree + spaces, asDistributed))
        .extracting(FormatRow::problem)
        .containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource({"''", "-", "word word"})
  void columnsOfConllMustBeNamed(String columns) {
    assertThatThrownBy(() -> new ConllFormat().columns(new Options(Map.of("columns", columns))))
        .hasMessageStartingWith("data.options.columns = " + columns);
  }

  @Test
  void seriesOfTsHaveTheirDimensionsSideBySide() {
    List<FormatRow> rows =
        rows(new TsFormat(), HEADER + "1,2.5,-3e2:4,5,6:up\n\n7:8:down\n", Map.of());

    assertThat(rows).extracting(FormatRow::line).containsExactly(10L, 12L);
    assertThat((float[][]) rows.get(0).values().get(0))
        .isDeepEqualTo(new float[][] {{1, 4}, {2.5f, 5}, {-300, 6}});
    assertThat(rows.get(0).values().get(1)).isEqualTo("up");
    assertThat((float[][]) rows.get(1).values().get(0)).isDeepEqualTo(new float[][] {{7, 8}});
  }

  @Test
  void gapsOfTsAreFilledWhereThatIsAsked() {
    String text = HEADER + "?,1,?,3:2,?,?,?:up\n?:1:down\n";
    List<FormatRow> filled = rows(new TsFormat(), text, Map.of("missing", "previous"));

    assertThat((float[][]) filled.get(0).values().get(0))
        .isDeepEqualTo(new float[][] {{1, 2}, {1, 2}, {1, 2}, {3, 2}});
    assertThat(filled.get(1).problem()).isEqualTo("has no value in dimension 1");
    assertThat(rows(new TsFormat(), text, Map.of()).get(0).problem())
        .startsWith("has no value in step 1 of dimension 1; data.options.missing = previous");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2:3:up|has 1 step in dimension 2, and 2 in dimension 1",
        "1:2:3:up|has 3 dimensions, the header says 2",
        "1:up|has 1 dimension, the header says 2",
        "1:2:left|has the label \"left\", the header lists [up, down]",
        "1:2:|has no label",
        "1,x:2,3:up|holds \"x\" in step 2 of dimension 1, which is no finite number",
        "1:NaN:up|holds \"NaN\" in step 1 of dimension 2, which is no finite number",
        "1,:2,3:up|holds \"\" in step 2 of dimension 1, which is no finite number",
      })
  void aBadLineOfTsIsRefusedAlone(String line, String problem) {
    List<FormatRow> rows = rows(new TsFormat(), HEADER + line + "\n1:2:up\n", Map.of());
    assertThat(rows.get(0).problem()).isEqualTo(problem);
    assertThat(rows.get(1).problem()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@dimensions x|line 1: @dimensions must be followed by a whole number >= 1",
        "@classLabel yes|line 1: @classLabel must be followed by true or false",
        "1,2:3,4:up|line 1: \"1,2:3,4:up\" stands before @data",
        "@timeStamps true|line 1: series with time stamps are not read; write them without",
        "@problemName x|some/dir/file.txt holds no line @data; it is no .ts file",
      })
  void aBadHeaderOfTsRefusesTheFile(String header, String problem) {
    assertThatThrownBy(() -> rows(new TsFormat(), header, Map.of()))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("some/dir/file.txt")
        .hasMessageContaining(problem);
  }

  @Test
  void aTsFileWithoutLabelsHasNone() {
    List<FormatRow> rows =
        rows(new TsFormat(), "@univariate true\n@classLabel false\n@DATA\n1,2\n", Map.of());
    assertThat((float[][]) rows.get(0).values().get(0)).isDeepEqualTo(new float[][] {{1}, {2}});
    assertThat(rows.get(0).values().get(1)).isNull();
  }

  @Test
  void labelledTextIsCutAtTheFirstSeparator() {
    List<FormatRow> rows =
        rows(new LabelledTextFormat(), "pos\ta\tb\n\nneg\t\nno tab\n\tx\n", Map.of());
    assertThat(rows.get(0).values()).containsExactly("pos", "a\tb");
    assertThat(rows.get(1).values()).containsExactly("neg", "");
    assertThat(rows.get(2).problem()).isEqualTo("has no tab between label and text");
    assertThat(rows.get(3).problem()).isEqualTo("has no label");
    assertThat(rows(new LabelledTextFormat(), "a::b:c", Map.of("separator", "::")).get(0).values())
        .containsExactly("a", "b:c");
  }

  @Test
  void aFileInALabelsFolderIsOneExample() {
    byte[] text = "\uFEFFtwo\r\nlines\n".getBytes(StandardCharsets.UTF_8);
    FormatRow row = rows(new LabelledFoldersFormat(), "x/pos/1_9.txt", text, Map.of()).get(0);
    assertThat(row.values()).containsExactly("pos", "two\nlines");
    assertThat(row.line()).isZero();
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithFileAndLine() {
    byte[] text = {'a', '\t', 'b', '\n', 'c', '\t', (byte) 0xE4, '\n'};
    assertThatThrownBy(() -> rows(new LabelledTextFormat(), "f.txt", text, Map.of()))
        .isInstanceOf(IngestException.class)
        .hasMessage("data: f.txt, line 2 is not UTF-8; convert the file");
  }
}
