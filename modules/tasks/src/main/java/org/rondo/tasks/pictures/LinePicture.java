package org.rondo.tasks.pictures;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rondo.kernels.ValueException;

/**
 * Lines over the steps of a series.
 *
 * @param note what is to be seen, in a sentence or two
 * @param unit of the vertical axis, such as the name of a channel
 * @param steps where the values of all lines stand
 * @param lines at most {@value #MOST_LINES}, of {@code steps.count()} values each
 * @param spans steps that are marked
 */
public record LinePicture(
    String title, String note, String unit, Steps steps, List<Line> lines, List<Span> spans)
    implements Picture {
  private static final int MOST_LINES = 16;
  private static final int MOST_SPANS = 1000;

  /** Checks lengths; of the spans the first {@value #MOST_SPANS} are kept. */
  public LinePicture {
    ValueException.unlessWithin("lines", lines.size(), 1, MOST_LINES);
    for (Line line : lines) {
      ValueException.unless(
          line.values().size() == steps.count(),
          "values",
          line.values().size(),
          "must be one for each step that is drawn, " + steps.count());
    }
    lines = List.copyOf(lines);
    spans = List.copyOf(spans.subList(0, Math.min(spans.size(), MOST_SPANS)));
  }

  @Override
  @JsonProperty
  public String kind() {
    return "lines";
  }

  /** What a line is, which decides how it looks. */
  public enum Part {
    /** What was measured. */
    TRUTH,
    /** What the network made of it. */
    PREDICTION,
    /** Lower ends of an interval, whose upper ends are the next line. */
    LOWER,
    /** Upper ends of the interval of the line before. */
    UPPER,
    /** Scores of the steps. */
    SCORE,
    /** What scores are compared with. */
    THRESHOLD,
    /** Steps that the network found. */
    FOUND,
    /** Steps that are marked in the data. */
    MARKED
  }

  /**
   * A line.
   *
   * @param name in the legend
   * @param values null where there is none
   */
  public record Line(String name, Part part, List<Float> values) {
    /** Keeps a copy. */
    public Line {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** A line whose values are thinned; none where they are no finite numbers. */
    public static Line of(String name, Part part, double[] values, Steps steps) {
      return new Line(name, part, steps.thinned(values));
    }
  }

  /**
   * Steps that are marked, the first and the last included, as {@link Steps} counts them.
   *
   * @param name in the legend
   */
  public record Span(String name, Part part, int from, int to) {}
}
