package org.rondo.bench.memory;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Norms of gradients k steps back as an SVG: a column of panels per distance, before training above
 * and after it below, a line per contender.
 */
final class FlowPicture {
  private static final int WIDTH = 250;
  private static final int HEIGHT = 170;
  private static final int LEFT = 60;
  private static final int TOP = 46;
  private static final int GAP = 34;
  private static final int LEGEND_LINE = 20;

  /** Powers of ten that a panel shows; lines end where they leave it. */
  private static final int LOWEST = -12;

  private static final int HIGHEST = 4;
  private static final String[] COLORS = {
    "#7f7f7f", "#2f6fcd", "#c8541d", "#d6a312", "#2d8a5f", "#8a4fbf", "#c2407e"
  };

  private final StringBuilder svg = new StringBuilder();

  private FlowPicture() {}

  /**
   * Draws it.
   *
   * @param rows a row per contender, in it a summary per distance
   */
  static String of(List<Integer> distances, List<List<Summary>> rows) {
    List<List<Summary>> pictured =
        rows.stream().filter(row -> row.get(0).contender().pictured()).toList();
    return new FlowPicture().draw(distances, pictured);
  }

  private String draw(List<Integer> distances, List<List<Summary>> rows) {
    int width = LEFT + distances.size() * (WIDTH + GAP);
    int bottom = TOP + 2 * (HEIGHT + GAP + 10);
    int height = bottom + LEGEND_LINE * ((rows.size() + 1) / 2) + 10;
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>",
        width, height);
    add("<rect width='%d' height='%d' fill='#ffffff'/>", width, height);
    for (int i = 0; i < distances.size(); i++) {
      int x = LEFT + i * (WIDTH + GAP);
      int column = i;
      text(x + WIDTH / 2, 20, "middle", "T = " + distances.get(i));
      panel(x, TOP, distances.get(i), rows, row -> row.get(column).before());
      panel(x, TOP + HEIGHT + GAP + 10, distances.get(i), rows, row -> row.get(column).after());
    }
    text(LEFT, 38, "start", "before training");
    text(LEFT, TOP + HEIGHT + GAP + 2, "start", "after training");
    for (int i = 0; i < rows.size(); i++) {
      int x = LEFT + i % 2 * (width - LEFT) / 2;
      int y = bottom + i / 2 * LEGEND_LINE;
      add("<path d='M%d %dh24' stroke='%s' stroke-width='2.5'/>", x, y - 4, COLORS[i]);
      text(x + 32, y, "start", rows.get(i).get(0).contender().name());
    }
    return add("</svg>").toString();
  }

  private void panel(
      int x,
      int y,
      int distance,
      List<List<Summary>> rows,
      Function<List<Summary>, List<Double>> flow) {
    for (int power = LOWEST; power <= HIGHEST; power += 4) {
      int at = y + (int) down(power);
      add("<path d='M%d %dh%d' stroke='#e3e3dd'/>", x, at, WIDTH);
      text(x - 6, at + 4, "end", x == LEFT ? "1e" + power : "");
    }
    add("<path d='M%d %dv%d' stroke='#a2a8b1'/>", x, y, HEIGHT);
    for (int k = 0; k <= distance; k += distance / 2) {
      text(x + WIDTH * k / distance, y + HEIGHT + 15, "middle", k == 0 ? "k = 0" : "" + k);
    }
    for (int i = 0; i < rows.size(); i++) {
      line(x, y, flow.apply(rows.get(i)), COLORS[i]);
    }
  }

  private void line(int x, int y, List<Double> flow, String color) {
    var path = new StringBuilder();
    for (int k = 0; k < flow.size(); k++) {
      double power = Math.log10(flow.get(k));
      if (!(power >= LOWEST && power <= HIGHEST)) {
        break;
      }
      double across = (double) WIDTH * k / (flow.size() - 1);
      path.append(
          String.format(
              Locale.ROOT, "%s%.1f %.1f", k == 0 ? "M" : "L", x + across, y + down(power)));
    }
    add("<path d='%s' fill='none' stroke='%s' stroke-width='2'/>", path, color);
  }

  private static double down(double power) {
    return HEIGHT * (HIGHEST - power) / (HIGHEST - LOWEST);
  }

  private void text(int x, int y, String anchor, String text) {
    add("<text x='%d' y='%d' text-anchor='%s' fill='#16181d'>%s</text>", x, y, anchor, text);
  }

  private StringBuilder add(String format, Object... values) {
    return svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
