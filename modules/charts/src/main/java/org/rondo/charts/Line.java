package org.rondo.charts;

import java.util.List;

/**
 * A line of a panel.
 *
 * @param name in the legend; lines of the same name have the same color in all panels
 * @param points from left to right
 */
public record Line(String name, List<Point> points) {
  /**
   * A point of a line.
   *
   * @param spread how far its bar reaches up and down; 0 for none
   */
  public record Point(double x, double y, double spread) {
    public Point(double x, double y) {
      this(x, y, 0);
    }
  }

  public Line {
    points = List.copyOf(points);
  }
}
