package org.rondo.frames.windows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.frames.rows.Placed;
import org.rondo.frames.rows.RowReader;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.WindowPlan;
import scala.Tuple2;

/**
 * Cuts the series of tables into windows. Rows are grouped by series and put in the order of time
 * by one shuffle; every series is then cut by itself, in the memory of one task. Neither how rows
 * were partitioned nor the cluster changes a window. Windows that overlap repeat their values.
 */
public final class WindowFrames {
  private static final String GAPS =
      "; its series is refused, for without such rows it has no regular steps";

  private static final String TO_LEARN = " to learn";

  private final SparkSession spark;
  private final WindowPlan plan;
  private final Map<String, String> columns;
  private final int parts;

  /**
   * @param columns names of the columns by role, as the configuration has them
   * @param parts into which series are grouped
   */
  public WindowFrames(SparkSession spark, WindowPlan plan, Map<String, String> columns, int parts) {
    this.spark = spark;
    this.plan = plan;
    this.columns = columns;
    this.parts = parts;
    check(plan, "forecasting");
  }

  /**
   * Checks what needs no data.
   *
   * @param section of the task's keys, for a message
   * @throws IllegalArgumentException if the plan names what is no frequency, or none of the
   *     calendar
   */
  public static void check(WindowPlan plan, String section) {
    Frequency.check(plan.frequency());
    CalendarInput.named(plan.calendar(), section + ".calendar");
  }

  /**
   * The windows of each split.
   *
   * @param sources by split, or by another name for a source whose series are each cut into splits
   * @param fractions of the splits that a source is cut into, unless the plan has sizes
   * @throws IllegalArgumentException if a schema does not fit, or the plan has sizes and no source
   *     is to be cut
   */
  public Map<String, Dataset<Row>> of(
      Map<String, Dataset<Row>> sources, Map<String, Double> fractions) {
    if (!plan.sizes().isEmpty() && Split.NAMES.containsAll(sources.keySet())) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: the key sizes = %s cuts each series into splits, and %s are splits already; leave it out, or give one source by data.path",
              String.join("/", plan.sizes().stream().map(String::valueOf).toList()),
              String.join(", ", sources.keySet().stream().map(name -> "data." + name).toList())));
    }
    return ofLearned(sources, fractions);
  }

  /**
   * The windows of rows that were learned before: as {@link #of}, but for sizes without a source to
   * be cut, which had no effect.
   *
   * @throws IllegalArgumentException if a schema does not fit
   */
  public Map<String, Dataset<Row>> ofLearned(
      Map<String, Dataset<Row>> sources, Map<String, Double> fractions) {
    var windows = new LinkedHashMap<String, Dataset<Row>>();
    var targets = new ArrayList<List<String>>();
    sources.forEach(
        (name, rows) -> {
          SeriesColumns found = columns(rows);
          targets.add(found.targets());
          if (!found.targets().equals(targets.get(0))) {
            throw new IngestException(
                "data: the columns to forecast are "
                    + targets.get(0)
                    + " in one source, and "
                    + found.targets()
                    + " in another");
          }
          JavaRDD<SeriesKey> grouped = grouped(rows, found);
          if (Split.NAMES.contains(name)) {
            String what = name.equals(Split.TRAIN) ? TO_LEARN : "";
            windows.put(name, windows(grouped, found, SeriesCut.whole(), 0, true, what));
            return;
          }
          SeriesCut cut = SeriesCut.of(plan.sizes(), fractions);
          for (int split = 0; split < Split.NAMES.size(); split++) {
            if (!sources.containsKey(Split.NAMES.get(split))) {
              windows.put(
                  Split.NAMES.get(split),
                  windows(grouped, found, cut, split, split == 0, TO_LEARN));
            }
          }
        });
    return windows;
  }

  /**
   * The last window of each series, whose future is to be forecast.
   *
   * @throws IllegalArgumentException if the schema does not fit
   */
  public Dataset<Row> latest(Dataset<Row> rows) {
    SeriesColumns found = columns(rows);
    WindowPlan windows = plan;
    return frame(
        grouped(rows, found),
        found,
        (series, place) -> {
          var all = new SeriesWindows(windows, series);
          all.require(series.length(), "", windows.inputSize(), "", place);
          all.requireToCome(place);
          return all.latest();
        },
        true);
  }

  /**
   * The last windows of each series, with what came behind them.
   *
   * @param fractions of the splits that each series was cut into: nothing lies in the windows that
   *     was learned or chose the parameters; empty where all of the rows are apart from these
   * @throws IllegalArgumentException if the schema does not fit
   */
  public Dataset<Row> rolling(
      Dataset<Row> rows, RollingOrigin origin, Map<String, Double> fractions) {
    SeriesColumns found = columns(rows);
    WindowPlan windows = plan;
    SeriesCut cut = SeriesCut.of(plan.sizes(), fractions);
    boolean apart = fractions.isEmpty();
    return frame(
        grouped(rows, found),
        found,
        (series, place) -> {
          var all = new SeriesWindows(windows, series);
          int held = origin.steps(windows.horizon());
          int learned = Math.max(0, series.length() - windows.holdOut());
          int used = apart ? 0 : cut.to(1, learned);
          int trained = apart ? series.length() - held : cut.to(0, learned);
          all.require(
              series.length(), "", windows.inputSize() + held, ", those of its windows", place);
          all.require(
              series.length() - used,
              " behind those that were learned or chose the parameters",
              held,
              ", those of its windows; forecasting.hold_out keeps so many",
              place);
          all.require(trained, TO_LEARN, 1, "; its scales are those of such steps", place);
          return all.rolling(origin, trained);
        },
        true);
  }

  private Dataset<Row> windows(
      JavaRDD<SeriesKey> grouped,
      SeriesColumns found,
      SeriesCut cut,
      int split,
      boolean tellsRejected,
      String what) {
    WindowPlan windows = plan;
    return frame(
        grouped,
        found,
        (series, place) -> {
          int length = Math.max(0, series.length() - windows.holdOut());
          int trained = cut.to(0, length);
          var all = new SeriesWindows(windows, series);
          all.require(length, "", cut.steps(), ", the sum of forecasting.sizes", place);
          all.require(trained, what, windows.length(), "", place);
          return all.between(
              cut.from(split, length), cut.to(split, length), trained, tellsRejected);
        },
        tellsRejected);
  }

  /** What becomes of a series. */
  private interface Cutting extends Serializable {
    Iterator<Row> windows(Series series, String place);
  }

  private Dataset<Row> frame(
      JavaRDD<SeriesKey> grouped, SeriesColumns found, Cutting cutting, boolean tellsRejected) {
    var grid = new GridSettings(plan, found.targets());
    JavaRDD<Row> rows =
        grouped.mapPartitions(
            part -> {
              var groups = new SeriesGroups(part);
              return new Flattened<>(groups, group -> rows(group, grid, cutting, tellsRejected));
            });
    return spark.createDataFrame(rows, WindowSchema.SCHEMA);
  }

  /** The plan and the channels, as they go with tasks. */
  private record GridSettings(WindowPlan plan, List<String> channels) implements Serializable {}

  private static Iterator<Row> rows(
      List<SeriesKey> group, GridSettings grid, Cutting cutting, boolean tellsRejected) {
    List<SeriesKey> steps =
        group.stream().filter(key -> key.kind() == SeriesKey.Kind.STEP).toList();
    List<String> refused =
        group.stream()
            .filter(key -> key.kind() != SeriesKey.Kind.STEP)
            .map(SeriesKey::place)
            .toList();
    var refusals = new ArrayList<Row>();
    refused.forEach(message -> refusals.add(WindowSchema.rejected(null, message)));
    Iterator<Row> windows = Collections.emptyIterator();
    if (!steps.isEmpty()) {
      String id = steps.get(0).id();
      var layout = new SeriesGrid(grid.plan(), grid.channels());
      try {
        windows = cutting.windows(layout.of(steps), steps.get(0).place());
      } catch (BadExampleException e) {
        if (steps.size() < group.size() && !layout.fits(steps) && layout.fits(group)) {
          // Its gaps are the refused steps: one refusal tells of both.
          refusals.set(0, WindowSchema.rejected(id, refused.get(0) + GAPS));
        } else {
          refusals.add(WindowSchema.rejected(id, e.getMessage()));
        }
      }
    }
    List<Iterator<Row>> all = List.of(refusals.iterator(), windows);
    return tellsRejected ? new Flattened<>(all.iterator(), each -> each) : windows;
  }

  private SeriesColumns columns(Dataset<Row> rows) {
    return SeriesColumns.of(columns, rows.schema(), plan.exogenous());
  }

  private JavaRDD<SeriesKey> grouped(Dataset<Row> rows, SeriesColumns found) {
    Dataset<Row> used = found.used(rows);
    RowReader reader = found.reader(used);
    boolean fill = plan.fill();
    RowReader steps = found.stepReader(used);
    Optional<FilePlace> places = found.places(used.schema());
    FilePlace place = places.orElse(null); // travels, where an optional does not
    JavaPairRDD<SeriesKey, Boolean> keyed =
        used.toJavaRDD()
            .mapPartitions(
                part ->
                    new SeriesRows(part, reader, steps, found, Optional.ofNullable(place), fill))
            .mapToPair(key -> new Tuple2<>(key, true));
    return keyed.repartitionAndSortWithinPartitions(Placed.partitioner(parts)).keys();
  }
}
