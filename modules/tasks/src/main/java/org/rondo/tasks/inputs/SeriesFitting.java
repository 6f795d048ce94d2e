package org.rondo.tasks.inputs;

import java.io.Serializable;
import java.util.Comparator;
import java.util.TreeMap;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/**
 * Mean and deviation of every channel over the steps of the training rows. How many channels there
 * are, most rows say; rows of another number are found when they are encoded.
 */
final class SeriesFitting implements InputFitting {
  private static final long serialVersionUID = 1L;

  /** Rows whose steps have the same number of values. */
  private static final class Rows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ScaleFitting scales;
    private long count;

    Rows(int width) {
      scales = new ScaleFitting(width);
    }
  }

  private final InputPlan plan;

  /** By that number. */
  private final TreeMap<Integer, Rows> byWidth = new TreeMap<>();

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
    int width = found.length == 0 ? 0 : found[0].length;
    if (found.length > 0 && width == 0) {
      throw row.refused("series", "holds steps without values");
    }
    float[][] series = SeriesInput.series(row, width, plan.limit(), counts);
    Rows rows = byWidth.computeIfAbsent(width, Rows::new);
    rows.count++;
    for (float[] step : series) {
      rows.scales.add(step);
    }
  }

  @Override
  public void merge(InputFitting other) {
    ((SeriesFitting) other)
        .byWidth.forEach(
            (width, next) -> {
              Rows rows = byWidth.computeIfAbsent(width, Rows::new);
              rows.count += next.count;
              rows.scales.merge(next.scales);
            });
  }

  @Override
  public RowInput input(Counts counts) {
    // Of numbers that are equally frequent, the lowest.
    Rows most =
        byWidth.values().stream()
            .max(Comparator.<Rows>comparingLong(rows -> rows.count).thenComparing(lowestFirst()))
            .orElseThrow(() -> plan.refused("no training row has a step"));
    ScaleFitting scales = most.scales;
    return new SeriesInput(
        plan.standardize() ? scales.scales() : Scale.none(scales.width()), plan.limit());
  }

  private static Comparator<Rows> lowestFirst() {
    return Comparator.<Rows>comparingInt(rows -> rows.scales.width()).reversed();
  }
}
