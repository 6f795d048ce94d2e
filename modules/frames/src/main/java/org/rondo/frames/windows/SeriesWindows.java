package org.rondo.frames.windows;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.rondo.kernels.Counted;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.WindowPlan;

/** The windows of one series: a function of the series alone. */
final class SeriesWindows {
  private final WindowPlan plan;
  private final Series series;

  /** {@code (n,K)}. */
  private final double[][] calendar;

  /** {@code (S)}. */
  private final double[] statics;

  /**
   * @throws BadExampleException if inputs of the calendar are asked for and the times are numbers,
   *     or a static column changes
   */
  SeriesWindows(WindowPlan plan, Series series) {
    this.plan = plan;
    this.series = series;
    calendar = calendar(CalendarInput.named(plan.calendar(), "calendar"));
    statics = statics();
  }

  private double[] statics() {
    int count = plan.exogenous().statics().size();
    double[] first = series.length() == 0 ? new double[0] : series.values()[0];
    double[] statics = Arrays.copyOfRange(first, Math.max(0, first.length - count), first.length);
    for (int t = 0; t < series.length(); t++) {
      for (int i = 0; i < statics.length; i++) {
        double other = series.values()[t][first.length - count + i];
        if (other != statics[i]) {
          throw new BadExampleException(
              String.format(
                  Locale.ROOT,
                  "%s: its static column %s holds %s at %s, and %s before",
                  series.name(),
                  plan.exogenous().statics().get(i),
                  other,
                  series.time(t),
                  statics[i]));
        }
      }
    }
    return statics;
  }

  private double[][] calendar(List<CalendarInput> inputs) {
    if (!inputs.isEmpty() && !series.kind().isOfCalendar()) {
      throw new BadExampleException(
          series.name() + ": its times are not on the calendar, which the key calendar reads");
    }
    var all = new double[series.times().length][inputs.size()];
    for (int t = 0; t < all.length && !inputs.isEmpty(); t++) {
      LocalDateTime time = TimeValue.onCalendar(series.times()[t]);
      for (int k = 0; k < all[t].length; k++) {
        all[t][k] = inputs.get(k).of(time);
      }
    }
    return all;
  }

  /**
   * The windows whose future lies in steps {@code [from, to)}; their histories may begin before.
   *
   * @param trained steps that scales are taken from, the first ones
   * @param first whether these are the first windows of the series, which are to tell its tally
   */
  Iterator<Row> between(int from, int to, int trained, boolean first) {
    if (plan.takesSplitsWhole()) {
      return whole(from, to, trained, first);
    }
    int start = Math.max(from, plan.inputSize());
    int last = to - plan.horizon();
    if (last < start) {
      return List.<Row>of().iterator();
    }
    int count = (last - start) / plan.step() + 1;
    return sets()
        .flatMap(
            channels -> {
              double[] statistics = statistics(channels, trained);
              return IntStream.range(0, count)
                  .mapToObj(
                      i -> {
                        int next = last - (count - 1 - i) * plan.step();
                        return row(
                            channels,
                            trained,
                            new Steps(
                                next - plan.inputSize(), next, next, next + plan.horizon(), null),
                            statistics,
                            tally(channels, statistics, first && i == 0));
                      });
            })
        .iterator();
  }

  private Iterator<Row> whole(int from, int to, int trained, boolean first) {
    int next = Math.max(1, from);
    int known = to - plan.horizon();
    if (known < next) {
      return List.<Row>of().iterator();
    }
    var steps = new Steps(Math.max(0, next - plan.inputSize()), known, next, to, null);
    return sets()
        .map(
            channels -> {
              double[] statistics = statistics(channels, trained);
              return row(channels, trained, steps, statistics, tally(channels, statistics, first));
            })
        .iterator();
  }

  /**
   * The windows of a rolling origin.
   *
   * @param trained steps that scales are taken from, the first ones
   */
  Iterator<Row> rolling(RollingOrigin origin, int trained) {
    int first = series.length() - origin.steps(plan.horizon());
    return sets()
        .flatMap(
            channels -> {
              double[] statistics = statistics(channels, trained);
              return IntStream.range(0, origin.count())
                  .mapToObj(
                      i -> {
                        int next = first + i * origin.stepSize();
                        int end = next + plan.horizon();
                        int number = origin.first() + i;
                        return row(
                            channels,
                            trained,
                            new Steps(next - plan.inputSize(), next, next, end, number),
                            statistics,
                            new double[0]);
                      });
            })
        .iterator();
  }

  /** The last known steps, to forecast from. */
  Iterator<Row> latest() {
    return sets()
        .map(
            channels -> {
              double[] statistics = statistics(channels, series.length());
              int next = series.length();
              var steps = new Steps(next - plan.inputSize(), next, next, next, null);
              return row(channels, next, steps, statistics, new double[0]);
            })
        .iterator();
  }

  /** The channels that a window has. */
  private Stream<int[]> sets() {
    int channels = series.channels().size();
    return plan.perChannel()
        ? IntStream.range(0, channels).mapToObj(c -> new int[] {c})
        : Stream.of(IntStream.range(0, channels).toArray());
  }

  private double[] statistics(int[] channels, int trained) {
    var statistics = new double[channels.length * SeriesStatistics.FIELDS];
    for (int c = 0; c < channels.length; c++) {
      int channel = channels[c];
      double[] values =
          IntStream.range(0, trained).mapToDouble(t -> series.values()[t][channel]).toArray();
      SeriesStatistics.of(values, plan.lag()).write(statistics, c);
    }
    return statistics;
  }

  /** Of the whole series in its first window; constant channels with each of them. */
  private double[] tally(int[] channels, double[] statistics, boolean first) {
    if (!first) {
      return new double[0];
    }
    var tally = new double[series.tally().length + 1];
    for (int i = 0; i < series.tally().length && channels[0] == 0; i++) {
      tally[i] = series.tally()[i];
    }
    for (int c = 0; c < channels.length; c++) {
      SeriesStatistics of = SeriesStatistics.read(statistics, c);
      tally[tally.length - 1] += of.isConstant() ? 1 : 0;
    }
    return tally;
  }

  /**
   * The steps of a window.
   *
   * @param from the first known one
   * @param to the one behind the last known one
   * @param next the first one to forecast
   * @param end the one behind the last one to forecast; {@code next} where these are not known
   * @param number of a rolling origin; null of others
   */
  private record Steps(int from, int to, int next, int end, Integer number) {}

  private Row row(int[] channels, int trained, Steps steps, double[] statistics, double[] tally) {
    boolean known = steps.next() < steps.end();
    return WindowSchema.row(
        series.id(),
        series.time(steps.to() - 1),
        IntStream.of(channels).mapToObj(c -> series.channels().get(c)).toList(),
        values(channels, steps.from(), steps.to()),
        IntStream.range(steps.from(), steps.to())
            .boxed()
            .flatMapToDouble(t -> DoubleStream.of(calendar[t]))
            .toArray(),
        known ? values(channels, steps.next(), steps.end()) : null,
        statistics,
        tally,
        new WindowSchema.Exogenous(
            exogenous(steps.from(), steps.to()), statics, exogenousStatistics(trained)),
        known && steps.number() == null ? null : times(steps.next()),
        steps.number());
  }

  /** Of the past, of the future, and these a horizon later, step by step. */
  private double[] exogenous(int from, int to) {
    int channels = series.channels().size();
    int past = plan.exogenous().history().size();
    int future = plan.exogenous().future().size();
    int width = plan.exogenous().perStep();
    var numbers = new double[(to - from) * width];
    for (int t = from; t < to && width > 0; t++) {
      int at = (t - from) * width;
      System.arraycopy(series.values()[t], channels, numbers, at, past + future);
      if (future > 0) {
        System.arraycopy(
            series.values()[t + plan.horizon()],
            channels + past,
            numbers,
            at + past + future,
            future);
      }
    }
    return numbers;
  }

  private double[] exogenousStatistics(int trained) {
    int count = plan.exogenous().all().size();
    return statistics(
        IntStream.range(0, count).map(i -> series.channels().size() + i).toArray(), trained);
  }

  /**
   * That all steps to forecast have what must be known of them.
   *
   * @param place of the first row
   * @throws BadExampleException if they have not
   */
  void requireToCome(String place) {
    if (!plan.exogenous().future().isEmpty() && series.toCome() < plan.horizon()) {
      throw new BadExampleException(
          String.format(
              Locale.ROOT,
              "%s: %s that begins there has rows of %d of the %d steps to forecast; forecasting.futr_exog_cols takes one for each, with %s and without a target",
              place,
              series.name(),
              series.toCome(),
              plan.horizon(),
              String.join(", ", plan.exogenous().future())));
    }
  }

  /** Of the steps to forecast. */
  private String[] times(int next) {
    return IntStream.range(next, next + plan.horizon())
        .mapToObj(t -> t < series.length() ? series.time(t) : series.later(t - series.length() + 1))
        .toArray(String[]::new);
  }

  private double[] values(int[] channels, int from, int to) {
    var values = new double[(to - from) * channels.length];
    int at = 0;
    for (int t = from; t < to; t++) {
      for (int channel : channels) {
        values[at++] = series.values()[t][channel];
      }
    }
    return values;
  }

  /**
   * That the series is long enough.
   *
   * @param steps that it has
   * @param what these are, behind the word steps
   * @param wanted that it needs
   * @param why what these are, behind their number
   * @param place of its first row
   * @throws BadExampleException if it is not
   */
  void require(int steps, String what, int wanted, String why, String place) {
    if (steps < wanted) {
      throw new BadExampleException(
          String.format(
              Locale.ROOT,
              "%s: %s that begins there has %s%s, fewer than %d%s",
              place,
              series.name(),
              Counted.of(steps, "step"),
              what,
              wanted,
              why));
    }
  }
}
