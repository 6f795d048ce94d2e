package org.rondo.tasks.forecasting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.scaling.Scaler;

/** The scales of every series, and how windows become sequences. */
final class ForecastingFeatures implements Features {
  static final int VERSION = 2;

  /** Version 1 had no intervals and no other columns, and held nothing out. */
  private static final List<FeaturesJson.Upgrade> UPGRADES =
      List.of(
          contents -> {
            contents.putArray("levels");
            ObjectNode plan = contents.withObject("/windows/plan").put("holdOut", 0);
            List.of("statics", "history", "future")
                .forEach(plan.withObject("/exogenous")::putArray);
            List.of("series", "shared").forEach(contents.withObject("/exogenous")::putObject);
          });

  /** Columns whose numbers become inputs. */
  private static final List<String> NUMBERS =
      List.of(WindowPlan.HISTORY, WindowPlan.CALENDAR, WindowPlan.EXOGENOUS, WindowPlan.STATIC);

  /** In the order of {@link WindowPlan#TALLY}. */
  private static final List<String> TALLIES =
      List.of(
          "filled steps",
          "filled values",
          "steps before the first value, dropped",
          "equal rows, dropped",
          "constant channels");

  /**
   * What its JSON holds.
   *
   * @param scaler word of the {@link Scaler}, for series that the training rows have not
   * @param series scales by series and channel
   * @param others scales by channel of all other series; empty where these have their own
   * @param exogenous scales of other columns
   * @param levels of the intervals that are learned
   * @param training what was counted in the training rows
   */
  record Contents(
      int version,
      String task,
      WindowShape windows,
      String scaler,
      SortedMap<String, SortedMap<String, ChannelScale>> series,
      SortedMap<String, ChannelScale> others,
      ExogenousScales exogenous,
      String loss,
      List<Integer> levels,
      String metric,
      SortedMap<String, Long> training) {
    Contents {
      ValueException.unlessGiven("windows", windows);
      ValueException.unless(Scaler.words().contains(scaler), "scaler", scaler, "is none");
      ValueException.unless(
          ForecastMetrics.choices(levels).contains(metric), "metric", metric, "is none");
    }
  }

  private final Contents contents;
  private final WindowShape shape;
  private final ForecastLayout layout;

  /** By series, or by series and channel where each channel is one. */
  private final Map<List<String>, Integer> numbers = new HashMap<>();

  ForecastingFeatures(Contents contents) {
    this.contents = contents;
    shape = contents.windows();
    contents
        .series()
        .forEach(
            (id, channels) -> {
              if (shape.perChannel()) {
                channels.keySet().forEach(c -> numbers.put(List.of(id, c), numbers.size()));
              } else {
                numbers.put(List.of(id), numbers.size());
              }
            });
    layout =
        new ForecastLayout(
            shape.horizon(), shape.width(), numbers.size(), shape.season() > 0, contents.levels());
  }

  static ForecastingFeatures read(String json) {
    return new ForecastingFeatures(
        FeaturesJson.read(json, ForecastingTask.NAME, UPGRADES, VERSION, Contents.class));
  }

  @Override
  public String task() {
    return ForecastingTask.NAME;
  }

  @Override
  public String toJson() {
    return FeaturesJson.write(contents);
  }

  @Override
  public SequenceShape shape() {
    return new SequenceShape(List.of(), shape.inputs(), 0, layout.width());
  }

  @Override
  public Sequence encode(Example row, Counts counts) {
    ScaledWindow window = window(row);
    Sequence sequence = Sequence.ofValues(window.inputs(), shape.inputs());
    if (row.has(WindowPlan.FUTURE)) {
      sequence =
          shape.carried()
              ? withSteps(sequence, window, number(row))
              : sequence.withFinalValues(target(window, number(row)));
    }
    count(row, counts);
    return sequence;
  }

  private float[] target(ScaledWindow window, int number) {
    return layout.target(number, window.notes(), window.future(), window.season());
  }

  /** With a target for each step of the split that has a season before it. */
  private Sequence withSteps(Sequence sequence, ScaledWindow window, int number) {
    int steps = window.known();
    var targets = new float[steps * layout.width()];
    var counted = new boolean[steps];
    for (int t = Math.max(window.first(), shape.season() - 1); t < steps; t++) {
      counted[t] = true;
      float[] target = target(window.from(t), number);
      System.arraycopy(target, 0, targets, t * layout.width(), target.length);
    }
    return sequence.withStepValues(targets, counted);
  }

  private void count(Example row, Counts counts) {
    double[] tally = row.numbers(WindowPlan.TALLY);
    for (int i = 0; i < tally.length; i++) {
      if (tally[i] > 0) {
        counts.add(TALLIES.get(i), (long) tally[i]);
      }
    }
    if (number(row) < 0) {
      counts.add("windows of series without training rows", 1);
    }
  }

  private int number(Example row) {
    String id = row.text(WindowPlan.ID);
    List<String> channels = row.tokens(WindowPlan.CHANNELS);
    return numbers.getOrDefault(
        shape.perChannel() ? List.of(id, channels.get(0)) : List.of(id), -1);
  }

  /** The window of a row by the scales of its series. */
  ScaledWindow window(Example row) {
    NUMBERS.forEach(row::finiteNumbers);
    if (row.has(WindowPlan.FUTURE)) {
      row.finiteNumbers(WindowPlan.FUTURE);
    }
    List<String> channels = row.tokens(WindowPlan.CHANNELS);
    if (shape.perChannel()
        ? channels.size() != 1 || !shape.channels().containsAll(channels)
        : !channels.equals(shape.channels())) {
      throw row.refused(
          WindowPlan.CHANNELS,
          String.format(Locale.ROOT, "holds %s, learned were %s", channels, shape.channels()));
    }
    SortedMap<String, ChannelScale> known =
        contents.series().getOrDefault(row.text(WindowPlan.ID), new TreeMap<>());
    var scales = new ArrayList<ChannelScale>();
    for (int c = 0; c < channels.size(); c++) {
      ChannelScale scale = known.get(channels.get(c));
      scales.add(scale == null ? unknown(row, c) : scale);
    }
    Scaler scaler = Scaler.named(contents.scaler());
    return ScaledWindow.of(
        shape, row, scales, contents.exogenous().of(row, shape.exogenous(), scaler));
  }

  /** Of a series that no training row has: its own scale, or that of all, and its own error. */
  private ChannelScale unknown(Example row, int c) {
    SeriesStatistics own = SeriesStatistics.read(row.numbers(WindowPlan.STATISTICS), c);
    ChannelScale all = contents.others().get(row.tokens(WindowPlan.CHANNELS).get(c));
    return new ChannelScale(
        all == null ? Scaler.named(contents.scaler()).scale(own) : all.scale(), own.naiveError());
  }

  @Override
  public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
    var options = new TreeMap<String, String>();
    if (!shape.carried()) {
      options.put("pooling", "last");
    } else if (stack.bidirectional()) {
      throw new ValueException(
          "network.bidirectional", true, "sees the steps to forecast where windows = carried");
    }
    options.put("loss", contents.loss());
    options.put("notes", Integer.toString(layout.notes()));
    if (!contents.levels().isEmpty()) {
      List<String> quantiles = layout.quantiles().stream().map(String::valueOf).toList();
      options.put("quantiles", String.join(", ", quantiles));
    }
    return new NetworkSpec(
        stack.over(new Values(shape.inputs())),
        new HeadSpec("regression", layout.width(), new Options(options)));
  }

  @Override
  public Optional<WindowPlan> windows() {
    return Optional.of(shape.plan());
  }

  @Override
  public Optional<ForecastLayout> forecasts() {
    return Optional.of(layout);
  }

  @Override
  public Optional<Illustrator> illustrator(TaskSettings settings) {
    return Optional.of(new ForecastIllustrator(this, shape, layout, Map.of()));
  }

  @Override
  public List<Metric> metrics() {
    return ForecastMetrics.of(layout, contents.metric(), contents.loss());
  }

  @Override
  public Decoder decoder() {
    return new ForecastingDecoder(this, layout);
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "forecasts %d steps of %d from %d, of %,d series%s",
        shape.horizon(),
        shape.width(),
        shape.inputSize(),
        numbers.size(),
        Counts.listed(contents.training()));
  }
}
