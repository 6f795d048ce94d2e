package org.rondo.charts;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.rondo.charts.Line.Point;

/**
 * Draws panels side by side, with one legend below, as SVG. Where each panel has one line its title
 * says what it is, and there is no legend.
 */
public final class LineChart {
  private static final int WIDTH = 330;
  private static final int HEIGHT = 230;
  private static final int LEFT = 64;
  private static final int TOP = 54;
  private static final int BELOW = 48;
  private static final int RIGHT = 16;
  private static final int LEGEND_LINE = 20;
  private static final int LEGEND_COLUMNS = 2;

  /** Lines of more points are drawn without marks, which would cover them. */
  private static final int MOST_MARKS = 60;

  private static final List<String> COLORS =
      List.of(
          "#2f6fcd", "#c8541d", "#2d8a5f", "#8a4fbf", "#d6a312", "#c2407e", "#7f7f7f", "#1b9aaa",
          "#6b4e23");

  /** Dark where the reader's other pages are. */
  private static final String STYLE =
      ".rc-page{fill:#ffffff}.rc-ink{fill:#16181d}.rc-grid{stroke:#e3e3dd}"
          + "@media (prefers-color-scheme:dark){"
          + ".rc-page{fill:#1e2125}.rc-ink{fill:#eceef1}.rc-grid{stroke:#31353b}}";

  /** Characters that XML has no way to write. */
  private static final Pattern NO_XML =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF\\uD800-\\uDFFF]");

  private final StringBuilder svg = new StringBuilder();
  private final List<String> names;

  private LineChart(List<String> names) {
    this.names = names;
    if (names.size() > COLORS.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "chart: %d lines, but %d colors: %s",
              names.size(),
              COLORS.size(),
              names));
    }
  }

  /**
   * Draws them.
   *
   * @param columns panels in a row
   */
  public static String svg(List<Panel> panels, int columns) {
    List<String> names =
        panels.stream().flatMap(p -> p.lines().stream()).map(Line::name).distinct().toList();
    return new LineChart(names).draw(panels, Math.min(columns, panels.size()));
  }

  private String draw(List<Panel> panels, int columns) {
    int width = columns * (LEFT + WIDTH + RIGHT);
    int bottom = (panels.size() + columns - 1) / columns * (TOP + HEIGHT + BELOW);
    boolean single = panels.stream().allMatch(panel -> panel.lines().size() == 1);
    int entries = single ? 0 : names.size();
    int legend = (entries + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS * LEGEND_LINE;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>",
        width, bottom + legend + 16);
    add("<style>%s</style>", STYLE);
    add("<rect class='rc-page' width='%d' height='%d'/>", width, bottom + legend + 16);
    for (int i = 0; i < panels.size(); i++) {
      int x = LEFT + i % columns * (LEFT + WIDTH + RIGHT);
      int y = TOP + i / columns * (TOP + HEIGHT + BELOW);
      add("<g transform='translate(%d %d)'>", x, y);
      panel(panels.get(i));
      add("</g>");
    }
    for (int i = 0; i < entries; i++) {
      int x = LEFT + i % LEGEND_COLUMNS * (width - LEFT) / LEGEND_COLUMNS;
      int y = bottom + (i / LEGEND_COLUMNS + 1) * LEGEND_LINE;
      add("<path d='M%d %dh24' stroke='%s' stroke-width='2.5'/>", x, y - 4, COLORS.get(i));
      text(x + 32, y, "start", names.get(i));
    }
    return add("</svg>").toString();
  }

  private void panel(Panel panel) {
    text(WIDTH / 2.0, -30, "middle", panel.title());
    text(0, -10, "start", panel.y().title());
    text(WIDTH / 2.0, HEIGHT + 36, "middle", panel.x().title());
    for (double tick : panel.y().ticks()) {
      double y = down(panel, tick);
      add("<path class='rc-grid' d='M0 %.1fh%d'/>", y, WIDTH);
      text(-6, y + 4, "end", Axis.label(tick));
    }
    for (double tick : panel.x().ticks()) {
      double x = across(panel, tick);
      add("<path d='M%.1f %dv4' stroke='#a2a8b1'/>", x, HEIGHT);
      text(x, HEIGHT + 18, "middle", Axis.label(tick));
    }
    add("<path d='M0 0v%dh%d' stroke='#a2a8b1' fill='none'/>", HEIGHT, WIDTH);
    // An inner picture cuts off what lies outside of it, but for marks that stand on its edges.
    add(
        "<svg x='-4' y='0' width='%d' height='%d' viewBox='-4 0 %d %d'>",
        WIDTH + 8, HEIGHT, WIDTH + 8, HEIGHT);
    panel.lines().forEach(line -> line(panel, line));
    add("</svg>");
  }

  private void line(Panel panel, Line line) {
    String color = COLORS.get(names.indexOf(line.name()));
    var path = new StringBuilder();
    for (Point point : line.points()) {
      double x = across(panel, point.x());
      double y = down(panel, point.y());
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
      if (line.points().size() <= MOST_MARKS) {
        add("<circle cx='%.1f' cy='%.1f' r='2.5' fill='%s'/>", x, y, color);
      }
      if (point.spread() > 0) {
        double top = down(panel, point.y() + point.spread());
        double bottom = down(panel, point.y() - point.spread());
        add("<path d='M%.1f %.1fV%.1f' stroke='%s'/>", x, top, bottom, color);
      }
    }
    add("<path d='%s' fill='none' stroke='%s' stroke-width='2'/>", path, color);
  }

  private static double across(Panel panel, double x) {
    return WIDTH * panel.x().position(x);
  }

  private static double down(Panel panel, double y) {
    return HEIGHT * (1 - panel.y().position(y));
  }

  private void text(double x, double y, String anchor, String text) {
    String legal = NO_XML.matcher(text).replaceAll("\uFFFD");
    String escaped = legal.replace("&", "&amp;").replace("<", "&lt;");
    add("<text class='rc-ink' x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, escaped);
  }

  private StringBuilder add(String format, Object... values) {
    return svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
