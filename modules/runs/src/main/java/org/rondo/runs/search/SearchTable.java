package org.rondo.runs.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rondo.evaluation.Score;

/**
 * What a search has found out, a row for each trial, the best first.
 *
 * @param head names of the columns
 * @param rows as long as the head
 */
public record SearchTable(List<String> head, List<List<String>> rows) {
  public SearchTable {
    head = List.copyOf(head);
    rows = List.copyOf(rows);
  }

  /**
   * That of a search.
   *
   * @param trials all of them, in the order of their numbers
   * @param ranking the latest standing of those that have one
   */
  static SearchTable of(List<Trial> trials, List<Standing> ranking) {
    List<Score> measured =
        ranking.stream()
            .map(Standing::scores)
            .filter(scores -> !scores.isEmpty())
            .findFirst()
            .orElse(List.of());
    var head = new ArrayList<String>(List.of("trial", "rung", "rounds", "tokens", "seconds"));
    measured.forEach(score -> head.add(score.name()));
    head.addAll(trials.get(0).changes().keySet());
    var rows = new ArrayList<List<String>>();
    for (Standing standing : ranking) {
      var row = new ArrayList<String>();
      row.add(String.valueOf(standing.trial()));
      row.add(String.valueOf(standing.rung()));
      row.add(String.valueOf(standing.rounds()));
      row.add(String.valueOf(standing.tokens()));
      row.add(String.format(Locale.ROOT, "%.1f", standing.seconds()));
      for (Score score : measured) {
        double value = Score.value(standing.scores(), score.name());
        row.add(
            Double.isFinite(value)
                ? String.format(Locale.ROOT, "%.4f", value)
                : standing.hasFailed() ? "diverged" : "");
      }
      row.addAll(trials.get(standing.trial() - 1).changes().values());
      rows.add(row);
    }
    return new SearchTable(head, rows);
  }

  /** As a table of RFC 4180. */
  public String csv() {
    var text = new StringBuilder(line(head));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(SearchTable::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** With columns of equal width, for a terminal. */
  @Override
  public String toString() {
    var all = new ArrayList<List<String>>();
    all.add(head);
    all.addAll(rows);
    var text = new StringBuilder();
    for (List<String> row : all) {
      var line = new StringBuilder();
      for (int i = 0; i < head.size(); i++) {
        int column = i;
        int width = all.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
