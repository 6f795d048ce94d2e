package org.rondo.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 8, 0x0B, 0x0D, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0x9F, 0x061C, 0x200E, 0x200F,
        0x202A, 0x202E, 0x2028, 0x2029, 0x2066, 0x2069, 0xD800, 0xDFFF, 0xFEFF
      })
  void whatActsOnATerminalIsShownAsAnEscape(int point) {
    String text = "a" + (char) point + "b";

    assertThat(TerminalText.lines(text)).isEqualTo("a\\u%04xb".formatted(point));
    assertThat(TerminalText.line(text)).isEqualTo(TerminalText.lines(text));
  }

  @Test
  void lettersOfAllScriptsStayAsTheyAre() {
    String text = "Привет, שלום, नमस्ते, می‌خواهم, 👩‍👩‍👧, naïve, ﷺ, 𝔘";

    assertThat(TerminalText.lines(text)).isEqualTo(text);
  }

  @Test
  void linesStayInATextAndNotInOneLine() {
    assertThat(TerminalText.lines("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(TerminalText.line("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
  }

  @Test
  void tagsBeyondTheFirstPlaneAreEscapedAsAWhole() {
    assertThat(TerminalText.lines(Character.toString(0xE0041))).isEqualTo("\\U000e0041");
  }
}
