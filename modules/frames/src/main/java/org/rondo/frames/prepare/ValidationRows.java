package org.rondo.frames.prepare;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.rondo.frames.FramePlan;
import org.rondo.frames.PreparationReport;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.kernels.Counted;
import org.rondo.tasks.WindowPlan;

/** That something validates where that was asked for: training looks at it after each epoch. */
final class ValidationRows {
  private ValidationRows() {}

  /**
   * @param sources names of what was prepared: splits, or something that was cut into splits
   * @throws IngestException that says why nothing validates, and the cure
   */
  static void require(
      FramePlan plan, Set<String> sources, Optional<WindowPlan> windows, PreparationReport report) {
    if (report.splits().containsKey(Split.VALIDATION)
        && report.splits().get(Split.VALIDATION).rows() > 0) {
      return;
    }
    double fraction = plan.splits().fractions().getOrDefault(Split.VALIDATION, 0.0);
    if (sources.contains(Split.VALIDATION)) {
      if (windows.isEmpty()) {
        throw new IngestException("data: there is no validation row that can be used");
      }
    } else if (fraction > 0 && windows.isEmpty()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: none of %s validates: a hash draws data.validation_fraction = %s of them, and equal rows stay together; raise it, or mark validation rows by data.validation",
              Counted.of(rows(report), "row"),
              fraction));
    } else if (fraction > 0 && windows.orElseThrow().sizes().isEmpty()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: the validation part of every series is shorter than %s, the horizon of one forecast; a larger data.validation_fraction makes it longer",
              Counted.of(windows.orElseThrow().horizon(), "step")));
    }
  }

  private static long rows(PreparationReport report) {
    return report.splits().values().stream().mapToLong(split -> split.rows()).sum();
  }
}
