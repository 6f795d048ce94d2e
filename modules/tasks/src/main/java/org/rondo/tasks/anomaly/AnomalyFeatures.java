package org.rondo.tasks.anomaly;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.evaluation.Metric;
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
import org.rondo.tasks.EventFeatures;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.inputs.Scale;

/**
 * The scales of every series, and, once the network's errors on training and validation steps were
 * measured, what of them is usual. A row that is learned is a piece of a series; scored are events.
 */
public final class AnomalyFeatures implements Features {
  static final int VERSION = 1;

  /** In the order of {@link WindowPlan#TALLY}; every row is a step, so that none is filled. */
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
   * @param channels names of the columns of the values, in their order
   * @param training what was counted in the training rows
   */
  record Contents(
      int version,
      String task,
      List<String> channels,
      WindowPlan windows,
      Expectation expectation,
      SeriesScales scales,
      String loss,
      String metric,
      ScorePlan score,
      Calibrations calibrations,
      SortedMap<String, Long> training) {
    Contents {
      ValueException.unless(!channels.isEmpty(), "channels", channels, "must not be empty");
      channels = List.copyOf(channels);
      ValueException.unlessGiven("windows", windows);
      ValueException.unlessGiven("expectation", expectation);
      ValueException.unlessGiven("scales", scales);
      ValueException.unlessGiven("score", score);
      ValueException.unlessGiven("calibrations", calibrations);
      ValueException.unless(AnomalyMetrics.CHOICES.contains(metric), "metric", metric, "is none");
    }
  }

  private final Contents contents;

  AnomalyFeatures(Contents contents) {
    this.contents = contents;
  }

  static AnomalyFeatures read(String json) {
    return new AnomalyFeatures(FeaturesJson.read(json, AnomalyTask.NAME, VERSION, Contents.class));
  }

  @Override
  public String task() {
    return AnomalyTask.NAME;
  }

  @Override
  public String toJson() {
    return FeaturesJson.write(contents);
  }

  /** Names of the C columns of the values, in their order. */
  public List<String> channels() {
    return contents.channels();
  }

  /** What of the time of a step is an input. */
  public List<String> calendar() {
    return contents.windows().calendar();
  }

  /** First steps of a series that have no score yet. */
  public int probation() {
    return contents.score().probation();
  }

  /** Least score of an alarm. */
  public double alarm() {
    return contents.score().alarm();
  }

  Expectation expectation() {
    return contents.expectation();
  }

  ScorePlan score() {
    return contents.score();
  }

  Calibration calibration(String series) {
    return contents.calibrations().of(series);
  }

  List<Scale> scales(String series) {
    return contents.scales().of(series, channels());
  }

  /** Whether the network's errors were measured. */
  public boolean isCalibrated() {
    return !contents.calibrations().series().isEmpty();
  }

  /**
   * What is usual of errors.
   *
   * @param errors {@code (n,C)} of the known steps of a series, as {@link ErrorMeasure} gives them
   */
  public Calibration calibration(double[][] errors) {
    return Calibration.of(errors, contents.score());
  }

  /**
   * The same that know what is usual.
   *
   * @param series at least one, by name
   */
  public AnomalyFeatures calibrated(Map<String, Calibration> series) {
    var sorted = new TreeMap<>(series);
    return new AnomalyFeatures(
        new Contents(
            contents.version(),
            contents.task(),
            contents.channels(),
            contents.windows(),
            contents.expectation(),
            contents.scales(),
            contents.loss(),
            contents.metric(),
            contents.score(),
            new Calibrations(sorted, Calibration.mean(sorted.values())),
            contents.training()));
  }

  /** Values of a step of the network. */
  private int width() {
    return channels().size() + calendar().size();
  }

  private int outputs() {
    return contents.expectation().outputs(channels().size());
  }

  @Override
  public SequenceShape shape() {
    return new SequenceShape(List.of(), width(), 0, outputs());
  }

  @Override
  public Sequence encode(Example row, Counts counts) {
    if (!row.tokens(WindowPlan.CHANNELS).equals(channels())) {
      throw row.refused(
          WindowPlan.CHANNELS,
          String.format(
              Locale.ROOT,
              "holds %s, learned were %s",
              row.tokens(WindowPlan.CHANNELS),
              channels()));
    }
    var piece = new ScaledPiece(row, scales(row.text(WindowPlan.ID)));
    int steps = piece.length() - 1;
    double[] times = row.numbers(WindowPlan.CALENDAR);
    var inputs = new float[steps * width()];
    var targets = new float[steps * outputs()];
    var counted = new boolean[steps];
    for (int t = 0; t < steps; t++) {
      writeInputs(piece.values(), times, t, inputs, t * width());
      int judged = contents.expectation().rebuilds() ? t : t + 1;
      counted[t] = contents.expectation().hasTarget(t, piece.length()) && piece.isJudged(judged);
      if (counted[t]) {
        contents.expectation().target(piece.values(), channels().size(), t, targets, t * outputs());
      }
    }
    count(row, counts);
    return Sequence.ofValues(inputs, width()).withStepValues(targets, counted);
  }

  /** The inputs of step t: its values, then what of its time is one. */
  void writeInputs(float[] values, double[] times, int t, float[] inputs, int at) {
    int channels = channels().size();
    System.arraycopy(values, t * channels, inputs, at, channels);
    int calendar = calendar().size();
    for (int k = 0; k < calendar; k++) {
      inputs[at + channels + k] = (float) times[t * calendar + k];
    }
  }

  private void count(Example row, Counts counts) {
    double[] tally = row.numbers(WindowPlan.TALLY);
    for (int i = 0; i < tally.length; i++) {
      if (tally[i] > 0) {
        counts.add(TALLIES.get(i), (long) tally[i]);
      }
    }
  }

  @Override
  public NetworkSpec network(RecurrentStack stack, TaskSettings settings) {
    ValueException.unless(
        !stack.bidirectional(),
        "network.bidirectional",
        true,
        "anomalies are found as steps arrive, and it would see those behind them; it must be false");
    var options = new Options(Map.of("loss", contents.loss()));
    return new NetworkSpec(
        stack.over(new Values(width())), new HeadSpec("regression", outputs(), options));
  }

  @Override
  public Optional<WindowPlan> windows() {
    return Optional.of(contents.windows());
  }

  @Override
  public Optional<EventFeatures> events() {
    return Optional.of(new SeriesEvents(this));
  }

  @Override
  public Optional<Illustrator> illustrator(TaskSettings settings) {
    return Optional.of(new AnomalyIllustrator(this));
  }

  @Override
  public List<Metric> metrics() {
    return AnomalyMetrics.of(outputs(), contents.metric(), contents.loss());
  }

  @Override
  public Decoder decoder() {
    return new AnomalyDecoder(channels());
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "finds unusual steps of %s by %s%s",
        String.join(", ", channels()),
        contents.expectation().rebuilds()
            ? "an autoencoder of " + contents.expectation().window() + " steps"
            : "forecasts of the next step",
        Counts.listed(contents.training()));
  }
}
