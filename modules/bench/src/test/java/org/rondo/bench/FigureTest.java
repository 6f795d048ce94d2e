package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void whatIsPrintedIsRead() {
    Figure figure = Figure.of("step").with("configuration", "M").with("median", 12.345, 1);

    assertThat(figure.line()).isEqualTo("step\tconfiguration=M\tmedian=12.3");
    assertThat(Figure.parse(figure.line())).isEqualTo(figure);
    assertThat(figure.number("median")).isEqualTo(12.3);
  }

  @Test
  void whatIsMissingOrNoPairIsNamed() {
    assertThatThrownBy(() -> Figure.of("step").with("tasks", 1).text("precision"))
        .hasMessage("no precision in 'step\ttasks=1'");
    assertThatThrownBy(() -> Figure.parse("step\tM")).hasMessage("no key=value: 'M' in 'step\tM'");
  }
}
