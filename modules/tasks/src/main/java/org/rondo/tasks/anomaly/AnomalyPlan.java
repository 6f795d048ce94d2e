package org.rondo.tasks.anomaly;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondo.tasks.ExogenousColumns;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.scaling.Scaler;

/**
 * How series become sequences, what the network learns of them and how its errors are judged.
 *
 * @param windows how each split of a series becomes one row
 * @param expectation what the network gives at every step
 * @param scaler word of the {@link Scaler}
 * @param scalePerSeries whether every series has a scale of its own, or all have one
 * @param loss {@code mse}, {@code mae} or {@code huber}
 * @param metric that decides which parameters are best, or {@value AnomalyMetrics#AUTO}
 * @param score from errors to scores
 */
record AnomalyPlan(
    WindowPlan windows,
    Expectation expectation,
    String scaler,
    boolean scalePerSeries,
    String loss,
    String metric,
    ScorePlan score)
    implements Serializable {
  private static final int MOST_STEPS = 1 << 20;

  static AnomalyPlan of(TaskSettings settings) {
    String scope = settings.choice("scale_over", List.of("series", "all"));
    String scaler = settings.choice("scaler", Scaler.words());
    if (scope.equals("all") && scaler.equals(Scaler.ROBUST.word())) {
      throw settings.refusal("scale_over", "must be series with scaler = robust");
    }
    return new AnomalyPlan(
        windows(settings),
        Expectation.of(settings),
        scaler,
        scope.equals("series"),
        settings.choice("loss", List.of("mse", "mae", "huber")),
        settings.choice("metric", AnomalyMetrics.CHOICES),
        ScorePlan.of(settings));
  }

  private static WindowPlan windows(TaskSettings settings) {
    return new WindowPlan(
        settings.whole("warm_up", 1, MOST_STEPS),
        1,
        WindowPlan.WHOLE,
        false,
        sizes(settings),
        0,
        settings.choice("missing", List.of("refuse", "previous")).equals("previous"),
        WindowPlan.ROWS,
        0,
        words(settings.text("calendar"), ","),
        ExogenousColumns.NONE);
  }

  private static List<Integer> sizes(TaskSettings settings) {
    var sizes = new ArrayList<Integer>();
    List<String> words = words(settings.text("sizes"), "/");
    for (String word : words) {
      if (words.size() != 3 || !word.matches("[0-9]{1,9}")) {
        throw settings.refusal("sizes", "must be steps of each split, such as 8640/2880/2880");
      }
      sizes.add(Integer.parseInt(word));
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
