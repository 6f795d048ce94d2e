package org.rondo.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.zeppelin.notebook.Note;
import org.apache.zeppelin.notebook.Paragraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.driver.ui.TrainingPlugin;
import org.rondo.runs.Versions;

/** The notes of notebooks/, read by Zeppelin's reader and run by Spark's REPL. */
final class NotebooksTest {
  private static final String CONF = "%spark.conf";
  private static final String SPARK = "%spark\n";
  private static final String ALL_FUNCTIONS = "[a-z_0-9]+";
  private static final String SOME_FUNCTIONS = "[a-c][a-z_0-9]+";
  private static final String MASTER = "local-cluster[2,1,1024]";

  @TempDir private static Path folder;

  /** One for all notes, as in Zeppelin: that each has a Spark of its own would only take longer. */
  private static SparkShell shell;

  @BeforeAll
  static void startSpark() throws IOException {
    Properties properties = properties(read(notes().get(0)));
    properties.remove("spark.jars"); // its classes are on the class path
    shell = new SparkShell(SparkShell.conf(MASTER), properties, folder.resolve("classes"));
  }

  @AfterAll
  static void stopSpark() {
    shell.close();
  }

  static List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../../notebooks"))) {
      return files.filter(file -> file.toString().endsWith(".zpln")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("notes")
  void zeppelinReadsEveryNoteAsItIsWritten(Path file) throws IOException {
    Note note = read(file);

    assertThat(note.getName()).startsWith("Rondo ");
    assertThat(note.getParagraphs()).hasSizeGreaterThan(8);
    var ids = new HashSet<String>();
    for (Paragraph paragraph : note.getParagraphs()) {
      assertThat(ids.add(paragraph.getId())).as(paragraph.getId()).isTrue();
      assertThat(paragraph.getTitle()).isNotBlank();
      assertThat(paragraph.getText()).matches("(?s)%(md|spark|spark\\.conf)\n.*");
      // A note is given on before it is run: only texts show what they will.
      assertThat(paragraph.getReturn() != null).isEqualTo(paragraph.getText().startsWith("%md"));
    }
  }

  @Test
  void allNotesAskForTheSameSparkSoThatTheyCanShareOne() throws IOException {
    var properties = new HashSet<Properties>();
    for (Path file : notes()) {
      properties.add(properties(read(file)));
    }

    assertThat(properties)
        .singleElement()
        .satisfies(
            p ->
                assertThat(p)
                    .containsKeys("spark.jars", "spark.executor.extraJavaOptions")
                    .containsEntry("OMP_NUM_THREADS", "1")
                    .containsEntry("spark.plugins", TrainingPlugin.class.getName()));
  }

  @Test
  void firstStepsRunInFullAndEndWithATextThatTheNetworkWrote() throws Exception {
    Note note = read(notes().get(0));
    Map<String, SparkShell.Result> results = run(note, Map.of());

    assertThat(results.get("Rondo on this Spark").shown("TEXT"))
        .contains(
            "Rondo %s on Spark %s".formatted(Versions.rondo(), Versions.spark()),
            shell.pages() + "/training/");
    assertThat(results.get("Prepare the text").shown("TEXT")).contains("characters, vocabulary");
    List<double[]> curve = numbers(results.get("The curve").shown("TABLE"), 6);
    assertThat(curve).hasSizeGreaterThanOrEqualTo(5);
    assertThat(last(curve)[3]).as("validation loss").isLessThan(0.6 * curve.get(0)[3]);
    assertThat(results.get("The curve, with perplexity beside it").shown("HTML"))
        .contains("<svg", "validation loss", "</svg>");
    assertThat(results.get("It writes").shown("TEXT"))
        .startsWith("Function: ")
        .hasSizeGreaterThan(400);
    assertThat(get(shell.pages() + "/training/")).contains("Validation perplexity");
    assertThat(shell.isStopped()).isFalse();
  }

  @Test
  void manyShardsComparesThreeRunsAtEqualTokens() throws Exception {
    Note note = read(notes().get(1));
    Map<String, SparkShell.Result> results =
        run(note, Map.of("workers", 2, "minibatches", 1, "rounds", 2, "units", 8));

    String table = results.get("Perplexity over tokens").shown("TABLE");
    assertThat(rows(table)).allMatch(row -> row.length == 3);
    Map<String, List<Double>> perplexities = new LinkedHashMap<>();
    var tokens = new HashSet<String>();
    for (String[] row : rows(table)) {
      tokens.add(row[0]);
      perplexities.computeIfAbsent(row[1], r -> new ArrayList<>()).add(Double.parseDouble(row[2]));
    }
    assertThat(tokens).hasSize(2);
    assertThat(perplexities.keySet()).containsExactly("one worker", "average", "block momentum");
    assertThat(perplexities.values()).allSatisfy(p -> assertThat(p.get(1)).isLessThan(p.get(0)));
    assertThat(rows(results.get("Results").shown("TABLE"))).hasSize(3);
    assertThat(results.get("The same as a picture").shown("HTML")).contains("block momentum");
  }

  @Test
  void vanishingGradientsAreMeasuredInEachCell() throws Exception {
    Note note = read(notes().get(2));
    Map<String, SparkShell.Result> results =
        run(note, Map.of("unroll", 10, "rounds", 2, "minibatches", 1, "units", 8));

    List<String[]> rows =
        rows(results.get("The same in the last round, as a table").shown("TABLE"));
    assertThat(rows).hasSize(3 * 10).allMatch(row -> row.length == 4);
    for (String[] row : rows) {
      boolean atOnce = row[0].equals("0");
      assertThat(Double.parseDouble(row[2]) == 0).as(String.join(" ", row)).isEqualTo(atOnce);
    }
    assertThat(results.get("Gradients k steps back").shown("HTML"))
        .contains("vanilla", "LSTM", "GRU");
  }

  /**
   * Runs all %spark paragraphs in their order; each must succeed, and show neither a stack trace
   * nor a warning.
   *
   * @param sizes what the note's own sizes are replaced by; if there are any, the text is short too
   */
  private static Map<String, SparkShell.Result> run(Note note, Map<String, Integer> sizes)
      throws IOException {
    var results = new LinkedHashMap<String, SparkShell.Result>();
    for (Paragraph paragraph : note.getParagraphs()) {
      if (paragraph.getText().startsWith(SPARK)) {
        SparkShell.Result result = shell.run(code(paragraph, sizes));
        assertThat(result.success()).as("%s: %s", paragraph.getTitle(), result).isTrue();
        assertThat(noise(result)).as(paragraph.getTitle()).isEmpty();
        results.put(paragraph.getTitle(), result);
      }
    }
    return results;
  }

  /** Lines of a stack trace, warnings, and objects without a text of their own. */
  private static List<String> noise(SparkShell.Result result) {
    return result
        .shown("TEXT")
        .lines()
        .filter(
            line ->
                line.matches("\\s+at .*|.*\\wException.*|(?i)warning:? .*|.*\\w@[0-9a-f]{4,}.*"))
        .toList();
  }

  private static String code(Paragraph paragraph, Map<String, Integer> sizes) {
    String code = paragraph.getText().substring(SPARK.length());
    if (paragraph.getTitle().equals("Sizes")) {
      return replaced(code, sizes);
    }
    if (paragraph.getTitle().equals("A text") && !sizes.isEmpty()) {
      assertThat(code).contains(ALL_FUNCTIONS);
      return code.replace(ALL_FUNCTIONS, SOME_FUNCTIONS);
    }
    return code;
  }

  private static String replaced(String code, Map<String, Integer> sizes) {
    String small = code.replaceAll("val folder = .*", "val folder = \"%s\"".formatted(folder));
    for (Map.Entry<String, Integer> size : sizes.entrySet()) {
      String pattern = "val %s = \\d+".formatted(size.getKey());
      assertThat(small).containsPattern(pattern);
      small = small.replaceAll(pattern, "val %s = %d".formatted(size.getKey(), size.getValue()));
    }
    return small;
  }

  private static Note read(Path file) throws IOException {
    return Note.fromJson(file.toString(), Files.readString(file));
  }

  /** As Zeppelin reads them. */
  private static Properties properties(Note note) throws IOException {
    var properties = new Properties();
    for (Paragraph paragraph : note.getParagraphs()) {
      if (paragraph.getText().startsWith(CONF)) {
        properties.load(new StringReader(paragraph.getText().substring(CONF.length())));
      }
    }
    return properties;
  }

  private static List<String[]> rows(String table) {
    return table.lines().skip(1).map(line -> line.split("\t", -1)).toList();
  }

  private static List<double[]> numbers(String table, int columns) {
    return rows(table).stream()
        .peek(row -> assertThat(row).hasSize(columns))
        .map(row -> Stream.of(row).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static String get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
