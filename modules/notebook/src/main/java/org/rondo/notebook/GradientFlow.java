package org.rondo.notebook;

import java.util.List;
import java.util.stream.IntStream;
import org.rondo.charts.Line;
import org.rondo.training.events.TrainingEvent.GradientsMeasured;

/**
 * How much of a gradient arrives k steps back in the lowest layer, relative to k = 0.
 *
 * @param round at whose start it was measured
 * @param powers of ten, per k from 0; no less than {@value #LOWEST}
 */
record GradientFlow(int round, List<Double> powers) {
  /** Below it there is nothing to learn from. */
  static final int LOWEST = -12;

  GradientFlow {
    powers = List.copyOf(powers);
  }

  /**
   * @param measured null if nothing was measured
   */
  static GradientFlow of(GradientsMeasured measured) {
    if (measured == null) {
      throw new IllegalStateException(
          "gradients: none were measured; train with set(\"diagnostics.gradients\", true)");
    }
    List<Double> norms = measured.norms().get(0);
    return new GradientFlow(
        measured.round(),
        norms.stream().map(n -> Math.max(LOWEST, Math.log10(n / norms.get(0)))).toList());
  }

  Line line(String name) {
    return new Line(
        name,
        IntStream.range(0, powers.size()).mapToObj(k -> new Line.Point(k, powers.get(k))).toList());
  }
}
