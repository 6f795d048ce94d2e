package org.rondo.cli.results;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rondo.cli.terminal.StandardOutput;
import org.rondo.frames.formats.TextLines;
import org.rondo.ingest.IngestException;
import org.rondo.runs.Plans;
import org.rondo.runs.RowModel;
import org.rondo.runs.SettingsException;
import org.rondo.runs.report.RunLog;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Example;
import org.rondo.tasks.Predictor;

/** Lines of a stream as rows: each is a text, or tokens separated by white space. */
public final class PredictedLines {
  private final RowModel model;
  private final Column column;
  private final List<Column> predicted;

  /**
   * @throws SettingsException if the model reads what no line can hold
   */
  public PredictedLines(RowModel model) {
    this.model = model;
    List<Column> read =
        model.ofFrames().roles().stream().filter(role -> role.when() == Need.ALWAYS).toList();
    if (read.size() != 1 || !isOfLines(read.get(0))) {
      throw refused(read);
    }
    column = read.get(0);
    predicted = model.ofFrames().features().decoder().columns();
  }

  /**
   * Checks, before there is a model, that the configured task may read lines.
   *
   * @throws SettingsException if it cannot, whatever its model is
   */
  public static void requireLines(Plans plans) {
    if (plans.ofText()) {
      return; // refused with its checkpoint, as without lines
    }
    List<Column> roles =
        plans.rows().task().columns(plans.rows().taskSettings()).stream()
            .filter(Column::isInput)
            .toList();
    List<Column> needed = roles.stream().filter(role -> role.when() == Need.ALWAYS).toList();
    List<Column> any = needed.isEmpty() ? roles : needed;
    if (needed.size() > 1 || any.stream().noneMatch(PredictedLines::isOfLines)) {
      throw refused(roles);
    }
  }

  private static boolean isOfLines(Column column) {
    return column.type() == ColumnType.TEXT || column.type() == ColumnType.TOKENS;
  }

  private static SettingsException refused(List<Column> read) {
    return new SettingsException(
        String.format(
            Locale.ROOT,
            "--input -: a line is a text or a row of tokens, and the task reads %s; name a file or table of rows",
            String.join(", ", read.stream().map(Column::role).toList())));
  }

  /**
   * A row that cannot be used, or is not UTF-8, is answered by the reason, and the next one is
   * read. The lines are not closed.
   */
  @SuppressWarnings("resource")
  public void answer(InputStream rows, PrintWriter out) {
    var lines = new TextLines("standard input", rows);
    try (Predictor predictor = model.predictor()) {
      for (var answer = next(predictor, lines);
          answer.isPresent();
          answer = next(predictor, lines)) {
        out.println(RunLog.json(answer.get()));
        StandardOutput.requireWritten(out);
      }
    }
  }

  private Optional<Map<String, Object>> next(Predictor predictor, TextLines lines) {
    try {
      String line = lines.next();
      return Optional.ofNullable(line).map(text -> answer(predictor, text, lines.number()));
    } catch (IngestException e) {
      return Optional.of(Map.of("rejected", e.getMessage()));
    }
  }

  /** In the order of the columns. */
  private Map<String, Object> shown(Map<String, Object> values) {
    var shown = new LinkedHashMap<String, Object>();
    predicted.forEach(each -> shown.put(each.role(), each.shown(values.get(each.role()))));
    return shown;
  }

  private Map<String, Object> answer(Predictor predictor, String line, long number) {
    Object value =
        column.type() == ColumnType.TEXT
            ? line
            : line.isBlank() ? List.of() : List.of(line.strip().split("\\s+", -1));
    var row = new Example("line " + number, Map.of(column.role(), value));
    try {
      return shown(predictor.predict(row));
    } catch (BadExampleException e) {
      return Map.of("rejected", e.getMessage());
    }
  }
}
