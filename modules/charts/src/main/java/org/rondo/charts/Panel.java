package org.rondo.charts;

import java.util.List;

/** A pair of axes with lines between them; what lies beyond the axes is cut off. */
public record Panel(String title, Axis x, Axis y, List<Line> lines) {
  public Panel {
    lines = List.copyOf(lines);
  }
}
