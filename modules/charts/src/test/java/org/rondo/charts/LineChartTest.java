package org.rondo.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rondo.charts.Line.Point;

final class LineChartTest {
  @Test
  void logarithmicAxesReachTheNextRoundNumbers() {
    assertThat(Axis.logarithmic("y", 116.9, 370).ticks())
        .containsExactly(100.0, 120.0, 150.0, 200.0, 250.0, 300.0, 400.0);
    assertThat(Axis.logarithmic("y", 120, 150).ticks()).containsExactly(120.0, 150.0);
    assertThat(Axis.logarithmic("wide", 0.3, 4).ticks()).hasSize(5).startsWith(0.2).endsWith(5.0);
    assertThat(Axis.logarithmic("a single value", 5, 5).ticks()).containsExactly(5.0, 6.0);
    assertThatThrownBy(() -> Axis.logarithmic("from zero", 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void linearAxesReachTheNextRoundNumbers() {
    assertThat(Axis.linear("y", 111.3, 118.2).ticks())
        .containsExactly(110.0, 112.0, 114.0, 116.0, 118.0, 120.0);
    assertThat(Axis.linear("y", 0, 1).ticks()).hasSize(6).contains(0.0, 1.0);
    assertThat(Axis.linear("a single value", 5, 5).ticks()).hasSize(6).contains(5.0, 6.0);
    assertThat(Axis.linear("a large one", 1e16, 1e16).ticks()).contains(1e16).hasSizeLessThan(8);
  }

  @Test
  void equalRatiosAreEquallyFarApartOnLogarithmicAxes() {
    Axis axis = Axis.logarithmic("workers", List.of(1.0, 2.0, 4.0, 8.0, 16.0));

    assertThat(axis.position(1)).isEqualTo(0);
    assertThat(axis.position(4)).isEqualTo(0.5);
    assertThat(axis.position(16)).isEqualTo(1);
    assertThatThrownBy(() -> Axis.logarithmic("from zero", List.of(0.0, 1.0)))
        .hasMessageContaining("from zero");
  }

  @Test
  void labelsLackTheNoiseOfTheirLastDigits() {
    assertThat(Axis.label(3 * 0.1)).isEqualTo("0.3");
    assertThat(Axis.label(1000)).isEqualTo("1000");
  }

  @Test
  void pointsLieWhereTheAxesSay() {
    var x = Axis.logarithmic("x", List.of(1.0, 4.0));
    var panel =
        new Panel(
            "A \u0001< B",
            x,
            Axis.linear("y", 0, 1),
            List.of(
                new Line(
                    "line", List.of(new Point(1, 0), new Point(2, 0.5, 0.1), new Point(4, 1)))));

    String svg = LineChart.svg(List.of(panel), 2);

    assertThat(svg)
        .contains("<path d='M0.0 230.0L165.0 115.0L330.0 0.0' fill='none'")
        .contains("<path d='M165.0 92.0V138.0'")
        .contains(">A \uFFFD&lt; B</text>", "prefers-color-scheme:dark")
        .contains("<circle cx='165.0' cy='115.0'");
  }

  @Test
  void oneLinePerPanelNeedsNoLegendAndManyPointsNoMarks() {
    var axis = Axis.linear("x", 0, 100);
    List<Point> points = IntStream.range(0, 100).mapToObj(i -> new Point(i, i)).toList();
    var panel = new Panel("title", axis, axis, List.of(new Line("name", points)));

    assertThat(LineChart.svg(List.of(panel), 1))
        .contains(">title</text>")
        .doesNotContain(">name</text>", "<circle");
  }

  @Test
  void aNameHasOneColorInAllPanelsAndColorsAreNotUsedTwice() {
    var axis = Axis.linear("x", 0, 1);
    var same = new Line("same", List.of(new Point(0, 0)));
    var panel = new Panel("p", axis, axis, List.of(same, new Line("other", List.of())));
    List<Line> many =
        IntStream.range(0, 10).mapToObj(i -> new Line("line " + i, List.of())).toList();

    assertThat(LineChart.svg(List.of(panel, panel), 2)).containsOnlyOnce(">same</text>");
    assertThatThrownBy(() -> LineChart.svg(List.of(new Panel("p", axis, axis, many)), 1))
        .hasMessageContaining("10 lines");
  }
}
