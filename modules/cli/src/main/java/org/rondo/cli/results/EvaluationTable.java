package org.rondo.cli.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.evaluation.Score;

/** What several checkpoints are worth, a line each, for people. */
public final class EvaluationTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a line; the metrics of the first one head the columns. */
  public void add(String checkpoint, List<Score> scores) {
    if (rows.isEmpty()) {
      var head = new ArrayList<String>();
      scores.forEach(score -> head.add(score.name()));
      head.add("checkpoint");
      rows.add(head);
    }
    var row = new ArrayList<String>();
    for (Score score : scores) {
      row.add(String.format(Locale.ROOT, "%.4f", score.value()));
    }
    row.add(checkpoint);
    rows.add(row);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        text.append(" ".repeat(width - row.get(i).length())).append(row.get(i)).append("  ");
      }
      text.append(row.get(row.size() - 1)).append(System.lineSeparator());
    }
    return text.toString();
  }
}
