package org.rondo.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
  @Test
  void thePageHoldsChartsStyleAndEventsItself() {
    String html = Report.html(List.of("{\"event\":\"evaluated\",\"round\":3}"));

    assertThat(html)
        .contains("{\"event\":\"evaluated\",\"round\":3}", "uPlot=function", ".uplot")
        .doesNotContain("{{", "src=", "href=");
  }

  @Test
  void textOfTheRunCannotEndTheScriptThatHoldsIt() {
    String html = Report.html(List.of("{\"text\":\"</script><script>alert(1)</script>\"}"));

    assertThat(html)
        .contains("\\u003c/script>\\u003cscript>alert(1)")
        .doesNotContain("<script>alert");
  }
}
