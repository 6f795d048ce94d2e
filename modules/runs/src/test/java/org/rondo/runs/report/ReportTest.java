package org.rondo.runs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ReportTest {
  @Test
  void thePageHoldsChartsStyleAndEventsItself() throws IOException {
    assertThat(page("{\"event\":\"evaluated\",\"round\":3}"))
        .contains("{\"event\":\"evaluated\",\"round\":3}", "uPlot=function", ".uplot")
        .doesNotContain("{{", "src=", "href=");
  }

  @Test
  void textOfTheRunCannotEndTheScriptThatHoldsIt() throws IOException {
    assertThat(page("{\"text\":\"</script><script>alert(1)</script>\"}"))
        .contains("\\u003c/script>\\u003cscript>alert(1)")
        .doesNotContain("<script>alert");
  }

  @Test
  void pageWithoutEventsHoldsAnEmptyArray() throws IOException {
    assertThat(page()).contains("type=\"application/json\">[]</script>");
  }

  /** Sums over rounds need every round; curves of parts of them do not. */
  @Test
  void longRunIsDrawnFromSomeOfItsMeasurementsAndFromAllOfItsRounds() throws IOException {
    int rounds = 2 * Thinning.DRAWN + 2;
    var events = new String[2 * rounds];
    for (int i = 0; i < rounds; i++) {
      events[2 * i] = "{\"event\":\"round_finished\",\"round\":%d}".formatted(i + 1);
      events[2 * i + 1] = "{\"event\":\"round_measured\",\"round\":%d}".formatted(i + 1);
    }

    String page = page(events);

    assertThat(page.split("\"round_finished\",", -1)).hasSize(rounds + 1);
    // Every third of 2002, the last of which is among them; one more part than separators.
    assertThat(page.split("\"round_measured\",", -1)).hasSize((rounds + 2) / 3 + 1);
    assertThat(page).contains("\"round_measured\",\"round\":" + rounds + "}");
  }

  @Test
  void resumedRunIsNotSaidToHaveEndedAsItDidBefore() throws IOException {
    String failed = "{\"event\":\"failed\",\"message\":\"disk full\"}";
    String finished = "{\"event\":\"finished\",\"end\":\"INTERRUPTED\"}";
    String resumed = "{\"event\":\"started\",\"first_round\":2}";

    assertThat(page(failed, finished, resumed))
        .contains(resumed)
        .doesNotContain("disk full", finished);
    assertThat(page(resumed, failed)).contains("disk full");
  }

  @Test
  void onlyTheLastBestEvaluationHasItsFurtherFigures() throws IOException {
    String first =
        "{\"event\":\"evaluated\",\"round\":1,\"best\":true,\"details\":{\"f1\":{\"cat as dog\":3}}}";
    String second =
        "{\"event\":\"evaluated\",\"round\":2,\"best\":true,\"details\":{\"f1\":{\"c as d\":4}}}";

    assertThat(page(first, second))
        .contains("{\"event\":\"evaluated\",\"round\":1,\"best\":true,\"details\":{}}", "c as d")
        .doesNotContain("cat as dog");
  }

  private static String page(String... lines) throws IOException {
    var events = new LineSpool();
    for (String line : lines) {
      events.add(line);
    }
    var out = new ByteArrayOutputStream();
    Report.write(out, events);
    return out.toString(StandardCharsets.UTF_8);
  }
}
