package org.rondo.bench.memory;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The study in Markdown. */
final class Tables {
  private final List<Integer> distances;
  private final List<List<Summary>> rows;

  /**
   * @param rows a row per contender, in it a summary per distance
   */
  Tables(List<Integer> distances, List<List<Summary>> rows) {
    this.distances = distances;
    this.rows = rows;
  }

  /** What is learned. */
  String learning() {
    return table(this::learning);
  }

  /** How far gradients reach. */
  String gradients() {
    return table(Tables::gradients);
  }

  private String learning(Summary summary) {
    long seeds = summary.seeds().size();
    if (summary.exploded() == seeds) {
      return "explodes";
    }
    String text = String.format(Locale.ROOT, "%.0f %%", 100 * summary.accuracy());
    if (summary.learned() > 0) {
      text +=
          String.format(
              Locale.ROOT, ", %d of %d after %d", summary.learned(), seeds, summary.learnedAfter());
    }
    if (summary.exploded() > 0) {
      text += String.format(Locale.ROOT, ", %d of %d explode", summary.exploded(), seeds);
    }
    return text + " (" + summary.learningRate() + ")";
  }

  private static String gradients(Summary summary) {
    String clipped =
        summary.clippedShare() > 0
            ? String.format(Locale.ROOT, ", %.0f %%", 100 * summary.clippedShare())
            : "";
    return String.format(
        Locale.ROOT, "%s, %s%s", furthest(summary.before()), furthest(summary.after()), clipped);
  }

  private static String furthest(List<Double> flow) {
    return flow.isEmpty()
        ? "no number"
        : String.format(Locale.ROOT, "%.0e", flow.get(flow.size() - 1));
  }

  private String table(Function<Summary, String> cell) {
    var text = new StringBuilder("| network |");
    distances.forEach(distance -> text.append(" T = ").append(distance).append(" |"));
    text.append("\n|---|").append("---|".repeat(distances.size())).append("\n");
    for (List<Summary> row : rows) {
      String name = row.get(0).contender().name();
      text.append("| ")
          .append(name)
          .append(row.stream().map(cell).collect(Collectors.joining(" | ", " | ", " |\n")));
    }
    return text.toString();
  }
}
