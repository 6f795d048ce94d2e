package org.rondo.tasks.forecasting;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.evaluation.forecasts.IntervalLevels;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.ExogenousColumns;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.scaling.Scaler;

/**
 * How windows become sequences and what is measured.
 *
 * @param windows how they are cut
 * @param segment steps of a window in one step of the network
 * @param subtractLast whether the last known value is taken off all values of a window
 * @param scaler word of the {@link Scaler}
 * @param scalePerSeries whether every series has a scale of its own, or all have one
 * @param loss {@code mse}, {@code mae}, {@code huber} or {@value #QUANTILE}
 * @param levels of the intervals whose quantiles are learned by the last one, in percent
 * @param metric that decides which parameters are best, or {@value ForecastMetrics#AUTO}
 */
record ForecastingPlan(
    WindowPlan windows,
    int segment,
    boolean subtractLast,
    String scaler,
    boolean scalePerSeries,
    String loss,
    List<Integer> levels,
    String metric)
    implements Serializable {
  static final String QUANTILE = "quantile";
  private static final int MOST_STEPS = 1 << 20;

  static ForecastingPlan of(TaskSettings settings) {
    WindowPlan windows = windows(settings);
    requireWindows(windows, settings);
    int segment = settings.whole("segment", 1, MOST_STEPS);
    if (windows.takesSplitsWhole()) {
      requireCarried(windows, segment, settings);
    }
    if (windows.inputSize() % segment != 0) {
      throw settings.refusal(
          "segment",
          String.format(Locale.ROOT, "must divide input_size = %d", windows.inputSize()));
    }
    String scope = settings.choice("scale_over", List.of("series", "all"));
    String scaler = settings.choice("scaler", Scaler.words());
    if (scope.equals("all") && scaler.equals(Scaler.ROBUST.word())) {
      throw settings.refusal("scale_over", "must be series with scaler = robust");
    }
    String loss = settings.choice("loss", List.of("mse", "mae", "huber", QUANTILE));
    List<Integer> levels = levels(settings, loss);
    return new ForecastingPlan(
        windows,
        segment,
        settings.flag("subtract_last"),
        scaler,
        scope.equals("series"),
        loss,
        levels,
        settings.choice("metric", ForecastMetrics.choices(levels)));
  }

  private static void requireCarried(WindowPlan windows, int segment, TaskSettings settings) {
    if (segment > 1) {
      throw settings.refusal("segment", "must be 1 with windows = carried");
    }
    if (!windows.exogenous().future().isEmpty()) {
      throw settings.refusal("futr_exog_cols", "must be empty with windows = carried");
    }
  }

  private static List<Integer> levels(TaskSettings settings, String loss) {
    String words = settings.text("level");
    if (loss.equals(QUANTILE) == words.isBlank()) {
      throw settings.refusal(
          "level",
          words.isBlank()
              ? "loss = quantile learns intervals; name their levels in percent, such as 80,95"
              : "is for loss = quantile; other networks get intervals by rondo predict --level");
    }
    try {
      return IntervalLevels.of(words);
    } catch (IllegalArgumentException e) {
      throw settings.refusal("level", IntervalLevels.RULE);
    }
  }

  private static WindowPlan windows(TaskSettings settings) {
    int horizon = settings.whole("horizon", 1, MOST_STEPS);
    int inputSize = settings.whole("input_size", -1, MOST_STEPS);
    boolean carried = settings.choice("windows", List.of("sampled", "carried")).equals("carried");
    int step = settings.whole("step", 1, MOST_STEPS);
    if (carried && step > 1) {
      throw settings.refusal(
          "step", "must be 1 with windows = carried, which forecasts every step");
    }
    boolean perChannel = settings.flag("per_channel");
    List<Integer> sizes = sizes(settings);
    String missing = settings.choice("missing", List.of("refuse", "previous"));
    int season = settings.whole("season", 0, MOST_STEPS);
    try {
      return new WindowPlan(
          inputSize == -1 ? 3 * horizon : inputSize,
          horizon,
          carried ? WindowPlan.WHOLE : step,
          perChannel,
          sizes,
          settings.whole("hold_out", 0, MOST_STEPS),
          missing.equals("previous"),
          settings.text("frequency"),
          season,
          words(settings.text("calendar"), ","),
          new ExogenousColumns(
              words(settings.text("static_cols"), ","),
              words(settings.text("hist_exog_cols"), ","),
              words(settings.text("futr_exog_cols"), ",")));
    } catch (ValueException e) {
      throw settings.refusal(e.name(), e.rule());
    }
  }

  private static void requireWindows(WindowPlan plan, TaskSettings settings) {
    if (plan.sizes().isEmpty()) {
      return;
    }
    int training = plan.sizes().get(0);
    if (training < plan.length()) {
      throw settings.refusal(
          "sizes",
          String.format(
              Locale.ROOT,
              "training has %d steps, and a window %d: input_size and horizon",
              training,
              plan.length()));
    }
    for (int size : plan.sizes().subList(1, plan.sizes().size())) {
      if (size > 0 && size < plan.horizon()) {
        throw settings.refusal(
            "sizes",
            String.format(
                Locale.ROOT,
                "validation and test must be 0 or at least horizon = %d steps",
                plan.horizon()));
      }
    }
  }

  private static List<Integer> sizes(TaskSettings settings) {
    var sizes = new ArrayList<Integer>();
    for (String word : words(settings.text("sizes"), "/")) {
      if (!word.matches("[0-9]{1,9}")) {
        throw settings.refusal("sizes", "must be steps of each split, such as 8640/2880/2880");
      }
      sizes.add(Integer.parseInt(word));
    }
    if (!sizes.isEmpty() && sizes.size() != 3) {
      throw settings.refusal("sizes", "must be steps of each split, such as 8640/2880/2880");
    }
    return sizes;
  }

  private static List<String> words(String text, String between) {
    return Arrays.stream(text.split(between, -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
