package org.rondo.runs.report;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page of a run: a self-contained HTML file that draws the run's events with uPlot. */
final class Report {
  private static final String UPLOT =
      String.format(
          Locale.ROOT,
          "/META-INF/resources/webjars/uplot/%s/dist/",
          resource("uplot.version").strip());
  private static final String EVENTS = "{{events}}";

  private Report() {}

  /**
   * Writes the page, from one event at a time.
   *
   * @param events JSON objects, as {@code events.jsonl} holds them
   */
  static void write(OutputStream out, LineSpool events) throws IOException {
    String page = page("report.html").replace("{{report.js}}", resource("report.js"));
    int at = page.indexOf(EVENTS);
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writer.write(page, 0, at);
    writeEvents(writer, events);
    writer.write(page.substring(at + EVENTS.length()));
    writer.flush();
  }

  /** A page with what draws its curves. */
  static String page(String name) {
    return resource(name)
        .replace("{{uplot.css}}", resource(UPLOT + "uPlot.min.css"))
        .replace("{{uplot.js}}", resource(UPLOT + "uPlot.iife.min.js"));
  }

  /** As one array; no {@code <} in it can end the script element that holds it. */
  private static void writeEvents(Writer writer, LineSpool events) throws IOException {
    List<Thinning> thinnings =
        List.of(Thinning.of("round_measured", events), Thinning.of("gradients_measured", events));
    var superseded = Superseded.of(events);
    String separator = "[";
    try (BufferedReader lines = events.read()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String event = line;
        Optional<String> shown = superseded.shown(event);
        if (shown.isPresent() && thinnings.stream().allMatch(each -> each.keeps(event))) {
          writer.write(separator);
          writer.write(shown.get().replace("<", "\\u003c"));
          separator = ",\n";
        }
      }
    }
    writer.write(separator.equals("[") ? "[]" : "]");
  }

  static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("report: no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "report: resource %s is not readable", name), e);
    }
  }
}
