package org.rondo.driver.ui;

import java.util.List;
import java.util.Locale;
import org.rondo.training.timing.RoundTimes;

/** The split of a round's time: of the last round and of the mean one, as bars and figures. */
final class RoundTimeBars {
  private static final List<String> PARTS =
      List.of("broadcast", "compute", "reduce", "outer step", "other");

  private RoundTimeBars() {}

  static String html(TrainingStatus status) {
    LatestEvents latest = status.latest();
    if (latest.measured() == null || status.meanRound() == null) {
      return "";
    }
    Html html =
        new Html()
            .element("h4", "", "Where the time of a round goes")
            .open("table", "table table-sm rondo-times")
            .open("thead", "")
            .open("tr", "")
            .element("th", "", "")
            .element("th", "", "share");
    for (int i = 0; i < PARTS.size(); i++) {
      html.open("th", "").element("i", "rondo-part-" + i, "").raw(PARTS.get(i)).close("th");
    }
    html.element("th", "", "whole round").close("tr").close("thead").open("tbody", "");
    row(html, "last round", new TimeShares(latest.round().seconds(), latest.measured().times()));
    row(html, "mean round", status.meanRound());
    return html.close("tbody").close("table").toString();
  }

  private static void row(Html html, String name, TimeShares shares) {
    RoundTimes times = shares.times();
    double[] parts = {
      times.broadcast(), times.compute(), times.reduce(), times.outer(), shares.other()
    };
    double whole = Math.max(shares.seconds(), times.total());
    html.open("tr", "").element("th", "", name).open("td", "").open("div", "rondo-bar");
    for (int i = 0; i < parts.length; i++) {
      double percent = whole > 0 ? 100 * parts[i] / whole : 0;
      html.raw(
          String.format(
              Locale.ROOT, "<i class='rondo-part-%d' style='width:%.2f%%'></i>", i, percent));
    }
    html.close("div").close("td");
    for (double part : parts) {
      html.element("td", "", Figures.seconds(part));
    }
    html.element("td", "", Figures.seconds(shares.seconds())).close("tr");
  }
}
