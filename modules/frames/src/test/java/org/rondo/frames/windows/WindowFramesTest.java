package org.rondo.frames.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.PreparedData;
import org.rondo.frames.SharedSpark;
import org.rondo.frames.SourcePlan;
import org.rondo.frames.prepare.FramePreparation;
import org.rondo.frames.sources.FrameSource;
import org.rondo.frames.sources.RowOrigin;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.models.Options;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskReference;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;

/** Tables of series become prepared windows. */
class WindowFramesTest {
  @TempDir private Path folder;
  private int prepared;

  private static TaskSettings settings(String... changes) {
    SortedMap<String, String> keys = TaskReference.defaults(Task.ALL.named("forecasting"));
    keys.putAll(Map.of("horizon", "2", "input_size", "4"));
    for (int i = 0; i < changes.length; i += 2) {
      keys.put(changes[i], changes[i + 1]);
    }
    return new TaskSettings("forecasting", keys);
  }

  private PreparedData prepare(
      SourcePlan source,
      Path path,
      Map<String, String> columns,
      InvalidRows invalid,
      String... keys) {
    var plan =
        new FramePlan(
            source,
            new SplitPlan.ByFraction(path.toString(), 0.25, 0.25),
            columns,
            "",
            invalid,
            3,
            7);
    Task task = Task.ALL.named("forecasting");
    return new FramePreparation(SharedSpark.session(), plan, task, settings(keys))
        .prepare(new org.apache.hadoop.fs.Path(folder.resolve("out" + prepared++).toUri()));
  }

  /** Three series of 20 to 24 hours, two channels. */
  private static List<String> lines() {
    var lines = new ArrayList<String>();
    for (int s = 0; s < 3; s++) {
      for (int t = 0; t < 20 + 2 * s; t++) {
        lines.add(
            String.format(
                Locale.ROOT, "s%d,2024-05-01 %02d:00:00,%d.5,%d", s, t, t * t % 17 + s, t % 5));
      }
    }
    return lines;
  }

  private Path csv(String name, List<String> lines) throws IOException {
    var all = new ArrayList<>(List.of("unique_id,ds,y,z"));
    all.addAll(lines);
    return Files.write(folder.resolve(name), all);
  }

  private String bits(SourcePlan source, Path path) throws IOException {
    PreparedData data =
        prepare(
            source,
            path,
            Map.of("target", "y, z"),
            InvalidRows.REJECT,
            "calendar",
            "hour",
            "season",
            "3");
    var text = new StringBuilder(data.features().toJson());
    for (String split : Split.NAMES) {
      text.append(data.folder().open().fingerprint(split));
    }
    return Sha256.of(text.toString());
  }

  @Test
  void theSameRowsGiveTheSameWindows() throws IOException {
    List<String> reversed = lines();
    Collections.reverse(reversed);
    Path csv = csv("rows.csv", lines());
    Path other = csv("reversed.csv", reversed);
    SparkSession spark = SharedSpark.session();
    Dataset<Row> rows =
        new FrameSource(
                spark,
                new SourcePlan(
                    "csv",
                    new Options(
                        Map.of("schema", "unique_id string, ds timestamp, y double, z int")),
                    ""))
            .read(other.toString())
            .select("unique_id", "ds", "y", "z");
    var bits = new LinkedHashMap<String, String>();
    bits.put("csv", bits(SourcePlan.of("csv"), csv));
    bits.put("reversed", bits(SourcePlan.of("csv"), other));
    for (int partitions : List.of(1, 7)) {
      Path path = folder.resolve("parquet" + partitions);
      rows.repartition(partitions).write().parquet(path.toString());
      bits.put("parquet" + partitions, bits(SourcePlan.of("parquet"), path));
    }
    SharedSpark.start("local[1]");
    bits.put("csv local[1]", bits(SourcePlan.of("csv"), csv));
    SharedSpark.start("local[2]");

    assertThat(bits).hasSize(5);
    assertThat(bits.values()).as("%s", bits).containsOnly(bits.get("csv"));
  }

  @Test
  void columnsThatCannotBeValuesAreNamed() throws IOException {
    Path csv = csv("rows.csv", lines());
    var none = new SourcePlan("csv", Options.NONE, "SELECT unique_id, ds FROM data");
    assertThatThrownBy(() -> prepare(none, csv, Map.of("target", "*"), InvalidRows.REJECT))
        .hasMessage(
            "data.columns.target = *: no column is left to be one; the data has [unique_id, ds]");
    var list =
        new SourcePlan("csv", Options.NONE, "SELECT unique_id, ds, z, array(y) AS x FROM data");
    assertThatThrownBy(() -> prepare(list, csv, Map.of("target", "x"), InvalidRows.REJECT))
        .hasMessage(
            "data: column x is of type array<string>; as target the task takes a number, or a text that is one: convert it by data.sql or name another by data.columns.target");
    assertThatThrownBy(
            () ->
                prepare(
                    list, csv, Map.of("target", "z"), InvalidRows.REJECT, "hist_exog_cols", "x"))
        .hasMessage(
            "data: column x is of type array<string>; as input the task takes a number, or a text that is one: convert it by data.sql or name another by forecasting.hist_exog_cols");
  }

  @Test
  void rowsWithoutTimesAreInTheOrderOfTheirFile() throws IOException {
    var lines = new ArrayList<String>();
    for (int t = 0; t < 120; t++) {
      lines.add(t + "," + (t * t));
    }
    Path file = Files.write(folder.resolve("plain.txt"), lines);
    var source = new SourcePlan("csv", new Options(Map.of("header", "false")), "");
    PreparedData data =
        prepare(
            source,
            file,
            Map.of("target", "*"),
            InvalidRows.REJECT,
            "scaler",
            "none",
            "subtract_last",
            "false");

    // 60 steps to learn: 55 windows; 30 steps each of validation and test: 29.
    assertThat(data.folder().open().count(Split.TRAIN)).isEqualTo(55);
    assertThat(data.folder().open().count(Split.TEST)).isEqualTo(29);
    // Neighbours differ by 1, and t^2 from (t - 1)^2 by 2t - 1: 59 at the mean over 1 to 59.
    assertThat(data.features().toJson().replaceAll("\\s", ""))
        .contains("\"naiveError\":1.0", "\"naiveError\":59.0");
  }

  @Test
  void shortSeriesAndBadRowsAreNamedOrLeftOut() throws IOException {
    List<String> lines = lines();
    lines.add("short,2024-05-01 00:00:00,1,1");
    lines.add("short,2024-05-01 01:00:00,1,1");
    lines.add("s1,never,1,1");
    lines.add("s1,2024-05-03 00:00:00,,1");
    lines.add(",2024-05-03 00:00:00,1,1");
    Path csv = csv("bad.csv", lines);
    Map<String, String> columns = Map.of("target", "y,z");

    assertThatThrownBy(() -> prepare(SourcePlan.of("csv"), csv, columns, InvalidRows.REJECT))
        .isInstanceOf(IngestException.class)
        // Of series of 20, 22 and 24 steps: 5 + 6 + 7 windows to learn, 4 + 4 + 5 of validation,
        // 4 + 5 + 5 of test.
        .hasMessageStartingWith(
            "data: 4 rows, series or windows cannot be used, beside 45 windows that can; data.invalid_rows = skip leaves them out: ")
        .hasMessageContaining("bad.csv, row 69: column ds holds \"never\", which is no time")
        .hasMessageContaining("bad.csv, row 70: column y has no value")
        .hasMessageContaining("bad.csv, row 71: column unique_id has no value")
        .hasMessageContaining(
            "bad.csv, row 67: series short that begins there has 1 step to learn, fewer than 6");

    assertThatThrownBy(
            () ->
                prepare(
                    SourcePlan.of("csv"),
                    csv("short.csv", lines()),
                    columns,
                    InvalidRows.REJECT,
                    "sizes",
                    "10/6/6"))
        .hasMessageContaining("beside 30 windows that can")
        .hasMessageEndingWith(
            "short.csv, row 1: series s0 that begins there has 20 steps, fewer than 22, the sum of forecasting.sizes");

    PreparedData data = prepare(SourcePlan.of("csv"), csv, columns, InvalidRows.SKIP);
    assertThat(data.report().rejected()).isEqualTo(4);
    // Series of 20, 22 and 24: 10, 11 and 12 steps to learn, windows of 6.
    assertThat(data.folder().open().count(Split.TRAIN)).isEqualTo(5 + 6 + 7);
  }

  @Test
  void whatIsHeldOutMakesNoDifference() throws IOException {
    List<String> lines = lines();
    Path all = csv("all.csv", lines);
    Path less =
        csv(
            "less.csv",
            lines.stream()
                .filter(line -> !line.matches("s0.*(1[6-9]):.*|s1.*(1[89]|2.):.*|s2.*2.:.*"))
                .toList());
    Map<String, String> columns = Map.of("target", "y,z");
    PreparedData held =
        prepare(SourcePlan.of("csv"), all, columns, InvalidRows.REJECT, "hold_out", "4");
    PreparedData cut = prepare(SourcePlan.of("csv"), less, columns, InvalidRows.REJECT);
    for (String split : Split.NAMES) {
      assertThat(held.folder().open().fingerprint(split))
          .isEqualTo(cut.folder().open().fingerprint(split));
    }
  }

  @Test
  void aValueBeyondTheRangeOfAFloatIsNamed() throws IOException {
    List<String> lines = lines();
    lines.set(7, "s0,2024-05-01 07:00:00,3,-1e300");
    lines.set(8, "s0,2024-05-01 08:00:00,3,1.7e38");
    Path csv = csv("far.csv", lines);
    Map<String, String> columns = Map.of("target", "y,z");

    assertThatThrownBy(() -> prepare(SourcePlan.of("csv"), csv, columns, InvalidRows.REJECT))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining(
            "far.csv, row 8: column z holds -1.0E300, which is beyond half the range of a float, 1.7e38")
        .hasMessageNotContaining("row 9: column")
        .hasMessageNotContaining("Infinity");
  }

  @Test
  void aRefusedRowIsNoMissingStep() throws IOException {
    List<String> lines = lines();
    lines.set(7, "s0,2024-05-01 07:00:00,3,-1e300");
    lines.set(9, "s0,2024-05-01 09:00:00,,3");
    Path csv = csv("cells.csv", lines);
    Map<String, String> columns = Map.of("target", "y,z");

    assertThatThrownBy(() -> prepare(SourcePlan.of("csv"), csv, columns, InvalidRows.REJECT))
        .hasMessageStartingWith("data: 2 rows, series or windows cannot be used, beside 32 ")
        .hasMessageContaining("row 8: column z holds -1.0E300")
        .hasMessageContaining("1.7e38; its series is refused, for without such rows")
        .hasMessageContaining("row 10: column y has no value")
        .hasMessageNotContaining("missing");

    PreparedData data = prepare(SourcePlan.of("csv"), csv, columns, InvalidRows.SKIP);
    assertThat(data.report().rejected()).isEqualTo(2);
    assertThat(data.folder().open().count(Split.TRAIN)).isEqualTo(6 + 7);

    lines.remove(30); // a step that is missing indeed, of another series
    lines.remove(12);
    Path gaps = csv("more.csv", lines);
    assertThatThrownBy(() -> prepare(SourcePlan.of("csv"), gaps, columns, InvalidRows.REJECT))
        .hasMessageStartingWith("data: 4 rows, series or windows cannot be used, beside 17 ")
        .hasMessageContaining("1 step of 3600s is missing");
  }

  @Test
  void whatIsFilledIsReported() throws IOException {
    List<String> lines = lines();
    lines.remove(5);
    lines.set(7, "s0,2024-05-01 08:00:00,,3");
    lines.set(12, "s0,2024-05-01 13:00:00, nan,3");
    lines.set(13, "s0,2024-05-01 14:00:00,NaN,3");
    lines.set(14, "s0,2024-05-01 15:00:00,\"\",3");
    lines.add(lines.get(2));
    PreparedData data =
        prepare(
            SourcePlan.of("csv"),
            csv("gaps.csv", lines),
            Map.of("target", "y,z"),
            InvalidRows.REJECT,
            "missing",
            "previous");
    assertThat(data.report().splits().get(Split.TRAIN).counts())
        .containsEntry("filled steps", 1L)
        .containsEntry("filled values", 4L)
        .containsEntry("equal rows, dropped", 1L);
  }

  private static WindowFrames frames(String... keys) {
    WindowPlan plan = Task.ALL.named("forecasting").windows(settings(keys)).orElseThrow();
    return new WindowFrames(SharedSpark.session(), plan, Map.of(), 2);
  }

  /** Rows of one series at the times 0, 1, ... */
  private static Dataset<Row> series(int steps, String... columns) {
    return SharedSpark.session().range(steps).withColumnRenamed("id", "ds").selectExpr(columns);
  }

  private static List<String> refusals(Dataset<Row> windows) {
    return windows
        .filter(RowOrigin.PROBLEM + " IS NOT NULL")
        .select(RowOrigin.PROBLEM)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void aRollingOriginNeedsStepsThatWereLearned() {
    Dataset<Row> windows =
        frames("hold_out", "12")
            .rolling(
                series(12, "ds", "double(ds) AS y"),
                RollingOrigin.of(2, 2),
                Map.of(Split.VALIDATION, 0.2, Split.TEST, 0.0));
    assertThat(refusals(windows))
        .containsExactly(
            "the series that begins there has 0 steps to learn, fewer than 1; its scales are those of such steps");
  }

  @Test
  void sizesNeedASourceThatIsCut() {
    var sources = new LinkedHashMap<String, Dataset<Row>>();
    sources.put(Split.TRAIN, series(12, "ds", "double(ds) AS y"));
    sources.put(Split.VALIDATION, series(5, "ds", "double(ds) AS y"));
    WindowFrames sized = frames("sizes", "8/2/2");
    assertThatThrownBy(() -> sized.of(sources, Map.of()))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "data: the key sizes = 8/2/2 cuts each series into splits, and data.train, data.validation are splits already; leave it out, or give one source by data.path");
    assertThat(sized.ofLearned(sources, Map.of())).containsOnlyKeys(sources.keySet());

    Map<String, Dataset<Row>> windows = frames().of(sources, Map.of());
    assertThat(refusals(windows.get(Split.TRAIN))).isEmpty();
    assertThat(refusals(windows.get(Split.VALIDATION)))
        .containsExactly("the series that begins there has 5 steps, fewer than 6");
  }

  @Test
  void stepsToComeNeedNoStaticColumns() {
    WindowFrames frames = frames("static_cols", "size", "futr_exog_cols", "price");
    Dataset<Row> latest =
        frames.latest(
            series(
                8,
                "ds",
                "IF(ds < 6, double(ds), NULL) AS y",
                "double(ds) AS price",
                "IF(ds < 6, 3.0D, NULL) AS size"));
    assertThat(refusals(latest)).isEmpty();
    assertThat(latest.first().getList(latest.schema().fieldIndex(WindowPlan.STATIC)))
        .isEqualTo(List.of(3.0));
  }

  /** The longest series has six validation steps. */
  @Test
  void aHorizonLongerThanEveryValidationPartIsRefused() throws IOException {
    Path csv = csv("rows.csv", lines());
    SourcePlan source = SourcePlan.of("csv");
    Map<String, String> columns = Map.of("target", "y,z");
    assertThatThrownBy(() -> prepare(source, csv, columns, InvalidRows.SKIP, "horizon", "7"))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "data: the validation part of every series is shorter than 7 steps, the horizon of one forecast; a larger data.validation_fraction makes it longer");
    assertThat(prepare(source, csv, columns, InvalidRows.SKIP, "horizon", "6").report().splits())
        .containsKey(Split.VALIDATION);
  }

  @Test
  void whatCannotBeSeriesIsRefusedBeforeAJob() throws IOException {
    Path csv = csv("rows.csv", lines());
    SourcePlan source = SourcePlan.of("csv");
    assertThatThrownBy(() -> prepare(source, csv, Map.of("target", "y,w"), InvalidRows.REJECT))
        .hasMessage(
            "data.columns.target = w: the data has no such column; it has [unique_id, ds, y, z]");
    assertThatThrownBy(() -> prepare(source, csv, Map.of("time", "when"), InvalidRows.REJECT))
        .hasMessageStartingWith("data.columns.time = when: the data has no such column");
    assertThatThrownBy(() -> prepare(source, csv, Map.of("target", "y,y"), InvalidRows.REJECT))
        .hasMessageContaining("names a column twice");
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    assertThatThrownBy(() -> prepare(source, empty, Map.of(), InvalidRows.REJECT))
        .hasMessageEndingWith("or * for all; the data has no columns; is it empty?");
    assertThatThrownBy(() -> prepare(source, empty, Map.of("time", "ds"), InvalidRows.REJECT))
        .hasMessage("data.columns.time = ds: the data has no columns; is it empty?");
    SparkSession spark = SharedSpark.session();
    Path parquet = folder.resolve("untimed");
    spark.range(50).selectExpr("id as y").write().parquet(parquet.toString());
    assertThatThrownBy(
            () -> prepare(SourcePlan.of("parquet"), parquet, Map.of(), InvalidRows.REJECT))
        .hasMessageContaining("the rows have no order in time");
  }
}
