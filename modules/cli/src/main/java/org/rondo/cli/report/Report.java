package org.rondo.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page of a run: a self-contained HTML file that draws the run's events with uPlot. */
public final class Report {
  private static final String UPLOT =
      "/META-INF/resources/webjars/uplot/%s/dist/".formatted(resource("uplot.version").strip());

  private Report() {}

  /**
   * The page.
   *
   * @param events JSON objects, as {@code events.jsonl} holds them
   */
  public static String html(List<String> events) {
    return resource("report.html")
        .replace("{{uplot.css}}", resource(UPLOT + "uPlot.min.css"))
        .replace("{{uplot.js}}", resource(UPLOT + "uPlot.iife.min.js"))
        .replace("{{report.js}}", resource("report.js"))
        .replace("{{events}}", inScript(events));
  }

  /** The events as one array; no {@code <} in it can end the script element that holds it. */
  private static String inScript(List<String> events) {
    return "[" + String.join(",\n", events).replace("<", "\\u003c") + "]";
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("report: no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("report: resource %s is not readable".formatted(name), e);
    }
  }
}
