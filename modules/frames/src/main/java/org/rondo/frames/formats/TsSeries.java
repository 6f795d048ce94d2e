package org.rondo.frames.formats;

import java.util.Arrays;
import java.util.Locale;
import org.rondo.kernels.Counted;

/** Parses the lines behind the header of a {@code .ts} file. */
final class TsSeries {
  private static final String GAP = "?";

  private final TsHeader header;
  private final boolean fillsGaps;

  TsSeries(TsHeader header, boolean fillsGaps) {
    this.header = header;
    this.fillsGaps = fillsGaps;
  }

  FormatRow row(long number, String line) {
    try {
      String[] fields = line.strip().split(":", -1);
      int dimensions = header.labelled() ? fields.length - 1 : fields.length;
      require(
          dimensions >= 1 && (header.dimensions() == 0 || dimensions == header.dimensions()),
          "has %s, the header says %d",
          Counted.of(dimensions, "dimension"),
          Math.max(1, header.dimensions()));
      String label = header.labelled() ? label(fields[dimensions].strip()) : null;
      return FormatRow.of(number, series(Arrays.copyOf(fields, dimensions)), label);
    } catch (RefusedRow e) {
      return FormatRow.refused(number, 2, e.getMessage());
    }
  }

  private String label(String label) {
    require(!label.isEmpty(), "has no label");
    require(
        header.labels().isEmpty() || header.labels().contains(label),
        "has the label \"%s\", the header lists %s",
        label,
        header.labels());
    return label;
  }

  /** {@code (T,F)}. */
  private float[][] series(String[] dimensions) {
    float[][] series = null;
    for (int f = 0; f < dimensions.length; f++) {
      String[] steps = dimensions[f].split(",", -1);
      if (series == null) {
        series = new float[steps.length][dimensions.length];
      }
      require(
          steps.length == series.length,
          "has %s in dimension %d, and %d in dimension 1",
          Counted.of(steps.length, "step"),
          f + 1,
          series.length);
      read(steps, f, series);
    }
    return series;
  }

  private void read(String[] steps, int f, float[][] series) {
    float last = Float.NaN;
    for (int t = 0; t < steps.length; t++) {
      String text = steps[t].strip();
      if (text.equals(GAP)) {
        require(
            fillsGaps,
            "has no value in step %d of dimension %d; data.options.missing = previous takes the one before",
            t + 1,
            f + 1);
      } else {
        last = value(text, t, f);
      }
      series[t][f] = last;
    }
    for (int t = steps.length - 2; t >= 0; t--) {
      series[t][f] = Float.isNaN(series[t][f]) ? series[t + 1][f] : series[t][f];
    }
    require(steps.length == 0 || !Float.isNaN(series[0][f]), "has no value in dimension %d", f + 1);
  }

  private static float value(String text, int t, int f) {
    float value = Float.NaN;
    try {
      value = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      // Refused below, as NaN is.
    }
    require(
        Float.isFinite(value),
        "holds \"%s\" in step %d of dimension %d, which is no finite number",
        text,
        t + 1,
        f + 1);
    return value;
  }

  private static void require(boolean kept, String problem, Object... arguments) {
    if (!kept) {
      throw new RefusedRow(String.format(Locale.ROOT, problem, arguments));
    }
  }

  private static final class RefusedRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedRow(String problem) {
      super(problem, null, false, false);
    }
  }
}
