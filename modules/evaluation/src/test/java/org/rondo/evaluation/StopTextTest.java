package org.rondo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopTextTest {
  /** Character by character, in pairs, and as a whole. */
  @ParameterizedTest
  @CsvSource({
    "one two three, two, 'one '",
    "one two three, tw|th, 'one '",
    "one two three, four|ee!, one two three",
    "aaab, aab, a",
    "abcabd, abd, abc",
    "stop, stop, ''",
  })
  void textEndsBeforeTheFirstStop(String text, String stops, String expected) {
    for (int size : new int[] {1, 2, text.length()}) {
      var pieces = new ArrayList<String>();
      var end = new StopText(List.of(stops.split("\\|")), pieces::add);
      for (int at = 0; at < text.length(); at += size) {
        end.accept(text.substring(at, Math.min(text.length(), at + size)));
      }
      end.end();
      assertThat(String.join("", pieces)).as("pieces of %d", size).isEqualTo(expected);
      assertThat(end.stopped()).isEqualTo(!expected.equals(text));
    }
  }
}
