package org.rondo.tasks.inputs;

import org.rondo.kernels.Counted;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** Mean and deviation of every channel over the steps of the training rows. */
final class SeriesFitting implements InputFitting {
  private static final long serialVersionUID = 1L;

  private final InputPlan plan;

  /** Null before the first row. */
  private ScaleFitting scales;

  SeriesFitting(InputPlan plan) {
    this.plan = plan;
  }

  @Override
  public InputKind kind() {
    return InputKind.SERIES;
  }

  @Override
  public int steps(Example row) {
    return row.series("series").length;
  }

  @Override
  public void add(Example row, Counts counts) {
    float[][] found = row.series("series");
    int width = scales != null ? scales.width() : found.length == 0 ? 0 : found[0].length;
    if (found.length > 0 && width == 0) {
      throw row.refused("series", "holds steps without values");
    }
    float[][] series = SeriesInput.series(row, width, plan.limit(), counts);
    if (scales == null) {
      scales = new ScaleFitting(width);
    }
    for (float[] step : series) {
      scales.add(step);
    }
  }

  @Override
  public void merge(InputFitting other) {
    var next = (SeriesFitting) other;
    if (next.scales == null) {
      return;
    }
    if (scales == null) {
      scales = new ScaleFitting(next.scales.width());
    }
    if (scales.width() != next.scales.width()) {
      throw plan.refused(
          "some training rows have %s in each step, others %d",
          Counted.of(scales.width(), "value"), next.scales.width());
    }
    scales.merge(next.scales);
  }

  @Override
  public RowInput input(Counts counts) {
    return new SeriesInput(
        plan.standardize() ? scales.scales() : Scale.none(scales.width()), plan.limit());
  }
}
