package org.rondo.notebook;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rondo.charts.LineChart;
import org.rondo.charts.Panel;

/** What Zeppelin draws where a paragraph prints it: a word behind a percent sign, then the data. */
final class Drawn {
  private static final int WIDTH_OF_A_PANEL = 410;

  /** A percent sign and a word at the beginning of a line. */
  private static final Pattern DISPLAYS = Pattern.compile("^%\\p{Alpha}", Pattern.MULTILINE);

  private Drawn() {}

  /**
   * A table, which Zeppelin offers as a chart as well.
   *
   * @param rows numbers and texts; a real number gets six significant digits
   */
  static String table(List<String> head, List<List<Object>> rows) {
    return rows.stream()
        .map(row -> row.stream().map(Drawn::cell).collect(Collectors.joining("\t")))
        .collect(Collectors.joining("\n", "%table " + String.join("\t", head) + "\n", ""));
  }

  private static String cell(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.6g", number)
        : text(value.toString().replaceAll("[\t\r\n]", " "));
  }

  /**
   * A text that is drawn as a text: lines that Zeppelin would take for the beginning of a page or a
   * table, such as {@code %html}, get a space before them.
   */
  static String text(String text) {
    return DISPLAYS.matcher(text).replaceAll(" $0");
  }

  /** Line charts side by side. */
  static String charts(List<Panel> panels) {
    return String.format(
        Locale.ROOT,
        "%%html <div style=\"max-width:%dpx\">%s</div>",
        panels.size() * WIDTH_OF_A_PANEL,
        LineChart.svg(panels, panels.size()));
  }
}
