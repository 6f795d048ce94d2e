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
import java.util.regex.Pattern;
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
import org.rondo.testkit.DocSnippets;
import org.rondo.testkit.DocSnippets.Snippet;
import org.rondo.training.Versions;

/** The notes of notebooks/, read by Zeppelin's reader and run by Spark's REPL. */
final class NotebooksTest {
  private static final String CONF = "%spark.conf";
  private static final String SPARK = "%spark\n";
  private static final Pattern DEFINITION =
      Pattern.compile("^(?:val|var|def|object|class) (\\w+)", Pattern.MULTILINE);
  private static final String ALL_FUNCTIONS = "[a-z_0-9]+";
  private static final String SOME_FUNCTIONS = "[ab][a-z_0-9]+";

  /** Some of every kind. */
  private static final String FUNCTIONS_OF_KINDS = "[a-d][a-z_0-9]+";

  private static final String MASTER = "local-cluster[2,1,1024]";

  @TempDir private static Path folder;

  private static final Map<String, Integer> FIRST = Map.of("rounds", 6, "minibatches", 2);
  private static final Map<String, Integer> SHARDS =
      Map.of("workers", 2, "shardsMinibatches", 1, "shardsRounds", 2, "shardsUnits", 8);
  private static final Map<String, Integer> GRADIENTS =
      Map.of("unroll", 10, "gradientsRounds", 2, "gradientsMinibatches", 1, "gradientsUnits", 8);
  private static final Map<String, Integer> STAGES = Map.of("mlEpochs", 2, "mlUnits", 8);
  private static final Map<String, Integer> SERIES =
      Map.of("seriesMachines", 2, "seriesHours", 160, "seriesEpochs", 1, "seriesUnits", 6);
  private static final Map<String, Integer> NUMBERS =
      Map.of(
          "numbersCount",
          300,
          "numbersDialled",
          60,
          "tagEpochs",
          1,
          "numbersEpochs",
          1,
          "numbersUnits",
          8);

  private static final Map<String, Integer> CLIPS =
      Map.of("clipsCount", 80, "clipsEpochs", 1, "clipsUnits", 8);

  /** One for all notes, as in Zeppelin. */
  private static SparkShell shell;

  /** What the notes came to, by their paragraphs, one after another; the first once again. */
  private static final List<Map<String, SparkShell.Result>> ran = new ArrayList<>();

  @BeforeAll
  static void startSpark() throws IOException {
    Properties properties = properties(read(notes().get(0)));
    properties.remove("spark.jars"); // its classes are on the class path
    shell = new SparkShell(SparkShell.conf(MASTER), properties, folder.resolve("classes"));
    ran.add(run(read(notes().get(0)), FIRST));
    ran.add(run(read(notes().get(1)), SHARDS));
    ran.add(run(read(notes().get(2)), GRADIENTS));
    ran.add(run(read(notes().get(0)), FIRST));
    ran.add(run(read(notes().get(3)), STAGES));
    ran.add(run(read(notes().get(4)), SERIES));
    ran.add(run(read(notes().get(5)), NUMBERS));
    ran.add(run(read(notes().get(6)), CLIPS));
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
  void noNoteDefinesANameOfAnotherSinceTheyShareOneShell() throws IOException {
    var names = new ArrayList<String>();
    for (Path file : notes()) {
      names.addAll(defined(read(file)));
    }

    assertThat(names).hasSizeGreaterThan(20).doesNotHaveDuplicates();
  }

  /** What a note is to set may be set again by the next, which this property may not. */
  @Test
  void noNoteSetsTheDriversOptions() throws IOException {
    for (Path file : notes()) {
      assertThat(properties(read(file)))
          .containsKey("JDK_JAVA_OPTIONS")
          .doesNotContainKey("spark.driver.extraJavaOptions");
    }
  }

  @Test
  void firstStepsEndWithATextThatTheNetworkWroteAlsoWhenRunAgain() throws Exception {
    for (Map<String, SparkShell.Result> results : List.of(ran.get(0), ran.get(3))) {
      assertThat(results.get("Rondo on this Spark").shown("TEXT"))
          .contains(
              "Rondo %s on Spark %s".formatted(Versions.rondo(), Versions.spark()),
              shell.pages() + "/training/");
      assertThat(results.get("Prepare the text").shown("TEXT")).contains("characters, vocabulary");
      List<double[]> curve = numbers(results.get("The curve").shown("TABLE"), 6);
      assertThat(curve).hasSize(2);
      assertThat(last(curve)[3]).as("validation loss").isLessThan(curve.get(0)[3]);
      assertThat(results.get("The curve, with perplexity beside it").shown("HTML"))
          .contains("<svg", "validation loss", "</svg>");
      assertThat(results.get("It writes").shown("TEXT"))
          .startsWith("Function: ")
          .hasSizeGreaterThan(400);
    }
    assertThat(get(shell.pages() + "/training/")).contains("Validation perplexity");
    assertThat(shell.isStopped()).isFalse();
  }

  @Test
  void manyShardsComparesThreeRunsAtEqualTokens() {
    Map<String, SparkShell.Result> results = ran.get(1);

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
  void vanishingGradientsAreMeasuredInEachCell() {
    Map<String, SparkShell.Result> results = ran.get(2);

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

  @Test
  void aPipelineOfSparkMlIsMeasuredAndSaved() {
    Map<String, SparkShell.Result> results = ran.get(4);

    assertThat(numbers(results.get("Epochs").shown("TABLE"), 4)).hasSize(2);
    assertThat(results.get("Losses as a picture").shown("HTML")).contains("<svg", "validation");
    Map<String, Double> metrics = new LinkedHashMap<>();
    rows(results.get("Metrics").shown("TABLE"))
        .forEach(row -> metrics.put(row[0], Double.parseDouble(row[1])));
    assertThat(metrics).containsOnlyKeys("accuracy", "f1", "logLoss", "accuracy of a guess");
    assertThat(metrics.get("accuracy")).isBetween(0.0, 1.0);
    List<String[]> confusion = rows(results.get("Which kinds are taken for which").shown("TABLE"));
    assertThat(confusion)
        .extracting(row -> row[0])
        .isNotEmpty()
        .isSubsetOf(
            "array", "datetime", "math", "string"); // the few functions here need not be of all
    assertThat(results.get("Save and load").shown("TEXT"))
        .contains("the loaded model predicts the same: true");
  }

  @Test
  void seriesAreForecastAndScoredInATableAndInAStream() {
    Map<String, SparkShell.Result> results = ran.get(5);

    assertThat(rows(results.get("How good they are").shown("TABLE")))
        .extracting(row -> row[0])
        .containsExactly("mean error", "share in the interval of 80 %");
    assertThat(results.get("Forecasts as a picture").shown("HTML"))
        .contains("<svg", ">m1<", "what came", "interval of 80 %");
    // Behind the first two days, of each of two machines: 106 hours, and six that it was broken.
    assertThat(rows(results.get("Alarms and breakdowns").shown("TABLE")))
        .extracting(row -> row[0] + " " + row[1])
        .containsExactly("false 212", "true 12");
    assertThat(results.get("Alarms as a picture").shown("HTML")).contains("m0, score", "expected");
    assertThat(results.get("A stream").shown("TEXT"))
        .contains("80 hours were streamed; the table has the same scores: true");
  }

  @Test
  void tagsTranslationsAndTranscriptsAreWritten() {
    Map<String, SparkShell.Result> results = ran.get(6);

    assertThat(rows(results.get("How good the tags are").shown("TABLE")))
        .extracting(row -> row[0])
        .containsExactly("f1", "precision", "recall", "accuracy");
    assertThat(rows(results.get("How good the translations are").shown("TABLE")))
        .extracting(row -> row[0])
        .containsExactly("BLEU", "share without a wrong word");
    assertThat(results.get("Recordings").shown("TEXT")).containsPattern("\\| +60\\|");
    assertThat(results.get("Transcribe").shown("TEXT"))
        .containsPattern("\\d of [1-9]\\d* recordings have the right transcript");
    assertThat(results.get("From sound to words").shown("TEXT")).contains("|digits", "|words");
  }

  @Test
  void directionsOfClipsAndTheirNextFramesArePredictedAndDrawn() {
    Map<String, SparkShell.Result> results = ran.get(7);

    assertThat(results.get("One clip of each direction").shown("HTML"))
        .contains("<svg")
        .satisfies(picture -> assertThat(picture.split("<rect")).hasSize(1 + 4 * 6 * 64));
    assertThat(rows(results.get("Which directions are taken for which").shown("TABLE")))
        .extracting(row -> row[0])
        .containsExactly("down", "left", "right", "up");
    assertThat(results.get("Predict").shown("TEXT"))
        .contains("8 clips, each with a prediction of 6 frames");
    assertThat(rows(results.get("How good the frames are").shown("TABLE")))
        .extracting(row -> row[0])
        .containsExactly("the prediction", "the frame before, repeated");
    assertThat(results.get("Frames as a picture").shown("HTML")).contains("<svg", "</svg>");
  }

  /**
   * Compiled, not run: their texts are not here. All at once, for each takes the shell a second.
   */
  @Test
  void everyScalaSnippetOfTheDocumentationCompiles() throws IOException {
    var snippets = new ArrayList<Snippet>();
    for (Path page : DocSnippets.pages(Path.of("../.."))) {
      snippets.addAll(DocSnippets.in(page, "scala"));
    }
    assertThat(snippets).hasSizeGreaterThanOrEqualTo(2);
    var all = new StringBuilder();
    for (int i = 0; i < snippets.size(); i++) {
      all.append(compiled(i, snippets.get(i)));
    }
    if (!shell.run(all.toString()).success()) {
      for (int i = 0; i < snippets.size(); i++) {
        SparkShell.Result result = shell.run(compiled(i, snippets.get(i)));
        assertThat(result.success()).as("%s: %s", snippets.get(i).place(), result).isTrue();
      }
      throw new AssertionError("snippets that compile one by one do not compile together");
    }
  }

  private static String compiled(int number, Snippet snippet) {
    return "object Snippet%d { def run() {\n%s\n} }\n".formatted(number, snippet.code());
  }

  /** Progress is printed between two jobs, so this cancels while none runs. */
  @Test
  void aCancelBetweenTwoJobsEndsTheParagraphAndResumeGoesOn() throws IOException {
    SparkShell.Result cancelled =
        shell.run(
            """
            sc.setJobGroup("paragraph-7", "a paragraph")
            val impatient = new java.io.PrintStream(Console.out) {
              override def println(line: String): Unit = {
                super.println(line)
                if (line.startsWith("round 1 of")) sc.cancelJobGroup("paragraph-7")
              }
            }
            val cancellable = trainer.named("cancelled").units(8).minibatches(1).rounds(3).evaluateEvery(1)
            Console.withOut(impatient) { cancellable.train() }
            """);
    SparkShell.Result resumed =
        shell.run(
            """
            sc.clearJobGroup()
            println(trainer.named("cancelled").units(8).minibatches(1).rounds(3).evaluateEvery(1).resume())
            """);

    assertThat(cancelled.success()).isFalse();
    assertThat(cancelled.shown("TEXT"))
        .contains("cancelled after round 1; resume() of the same trainer goes on after round 1")
        .doesNotContain("round 2 of", "\tat ", "  at ");
    assertThat(resumed.success()).as("%s", resumed).isTrue();
    assertThat(resumed.shown("TEXT")).contains("after 3 rounds");
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
    if (List.of("A text", "A DataFrame").contains(paragraph.getTitle()) && !sizes.isEmpty()) {
      assertThat(code).contains(ALL_FUNCTIONS);
      boolean kinds = paragraph.getTitle().equals("A DataFrame");
      return code.replace(ALL_FUNCTIONS, kinds ? FUNCTIONS_OF_KINDS : SOME_FUNCTIONS);
    }
    return sizes.isEmpty()
        ? code
        : code.replace(".units(128)", ".units(32)").replace(".batch(32, 64)", ".batch(8, 32)");
  }

  private static String replaced(String code, Map<String, Integer> sizes) {
    String small =
        code.replaceAll(
            "val (\\w*[fF]older) = .*/([a-z-]+)\"", "val $1 = \"%s/$2\"".formatted(folder));
    assertThat(small).contains(folder.toString());
    for (Map.Entry<String, Integer> size : sizes.entrySet()) {
      String pattern = "val %s = \\d+".formatted(size.getKey());
      assertThat(small).containsPattern(pattern);
      small = small.replaceAll(pattern, "val %s = %d".formatted(size.getKey(), size.getValue()));
    }
    return small;
  }

  /** The names that its paragraphs give to values. */
  private static List<String> defined(Note note) {
    return note.getParagraphs().stream()
        .filter(paragraph -> paragraph.getText().startsWith(SPARK))
        .flatMap(paragraph -> DEFINITION.matcher(paragraph.getText()).results())
        .map(definition -> definition.group(1))
        .toList();
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
