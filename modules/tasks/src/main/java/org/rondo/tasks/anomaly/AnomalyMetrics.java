package org.rondo.tasks.anomaly;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.metrics.Mae;
import org.rondo.evaluation.metrics.R2;
import org.rondo.evaluation.metrics.Rmse;

/** How well the network follows series, in units of their scales. */
final class AnomalyMetrics {
  static final String AUTO = "auto";

  /** All of them. */
  static final List<String> NAMES = List.of("rmse", "mae", "r2");

  /** What the key {@code metric} may be. */
  static final List<String> CHOICES = Stream.concat(Stream.of(AUTO), NAMES.stream()).toList();

  private AnomalyMetrics() {}

  /**
   * All of them, the one asked for first.
   *
   * @param outputs values that are predicted at a step
   * @param first its name, or {@value #AUTO} for {@code rmse} with {@code mse}, else {@code mae}
   */
  static List<Metric> of(int outputs, String first, String loss) {
    List<Double> units = Collections.nCopies(outputs, 1.0);
    String decides = first.equals(AUTO) ? (loss.equals("mse") ? "rmse" : "mae") : first;
    return Metric.first(decides, List.of(new Rmse(units), new Mae(units), new R2(outputs)));
  }
}
