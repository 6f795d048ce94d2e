package org.rondo.bench;

import java.util.List;
import java.util.Optional;

/**
 * What was measured of one kind of step: all windows of all runs of it.
 *
 * @param residentMegabytes the most of any run
 * @param last what the last run printed
 */
record Measurement(Kind kind, Rates rates, double residentMegabytes, Figure last) {
  /** What makes two runs runs of the same thing. */
  record Kind(
      String implementation, String configuration, String precision, String mode, int tasks) {
    static final String RONDO = "rondo";
    static final String PYTORCH = "pytorch";
    static final String DL4J = "dl4j";
    static final String FLOAT32 = "float32";
    static final String BFLOAT16 = "bfloat16";

    /** One task of training. */
    static Kind training(String implementation, String configuration, String precision) {
      return new Kind(implementation, configuration, precision, "training", 1);
    }

    /** Forward passes alone. */
    static Kind inference(String implementation, String configuration, String precision) {
      return new Kind(implementation, configuration, precision, "inference", 1);
    }

    /** Two tasks of Rondo's training side by side. */
    static Kind twoTasks(String configuration, String precision) {
      return new Kind(RONDO, configuration, precision, "training", 2);
    }

    private static Kind of(Figure figure) {
      return new Kind(
          figure.text("implementation"),
          figure.text("configuration"),
          figure.text("precision"),
          figure.text("mode"),
          (int) figure.number("tasks"));
    }
  }

  /** All runs of that kind among the figures, together; empty if there is none. */
  static Optional<Measurement> find(List<Figure> figures, Kind kind) {
    return figures.stream()
        .filter(figure -> figure.kind().equals("step") && Kind.of(figure).equals(kind))
        .map(
            figure ->
                new Measurement(
                    kind,
                    Rates.parse(figure.text("windows")),
                    figure.number("resident_mb"),
                    figure))
        .reduce(Measurement::and);
  }

  private Measurement and(Measurement later) {
    return new Measurement(
        kind,
        rates.and(later.rates),
        Math.max(residentMegabytes, later.residentMegabytes),
        later.last);
  }
}
