package org.rondo.driver.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.spark.util.kvstore.KVStore;
import org.rondo.spark.SparkPage;

/**
 * The page of the tab: drawn anew from the status store at every request. While the run goes on the
 * browser asks again every {@value #REFRESH_SECONDS} seconds, or as {@code ?refresh=} says; 0 for
 * never.
 */
final class TrainingPage extends SparkPage {
  static final int REFRESH_SECONDS = 5;
  private static final String STYLE = style();

  private final KVStore store;
  private final boolean live;

  /**
   * @param live whether the application runs, rather than its record being looked at
   */
  TrainingPage(TrainingTab tab, KVStore store, boolean live) {
    super(tab, "Training");
    this.store = store;
    this.live = live;
  }

  @Override
  protected String content(UnaryOperator<String> parameters) {
    TrainingStatus status = TrainingStatus.in(store).orElse(TrainingStatus.NOTHING);
    return content(status, refresh(parameters.apply("refresh")));
  }

  private static int refresh(String wanted) {
    return wanted != null && wanted.matches("\\d{1,5}")
        ? Integer.parseInt(wanted)
        : REFRESH_SECONDS;
  }

  private String content(TrainingStatus status, int refresh) {
    Html html = new Html().raw("<style>" + STYLE + "</style>\n");
    LatestEvents latest = status.latest();
    if (live && refresh > 0 && (latest.started() == null || latest.running())) {
      html.raw(
          String.format(Locale.ROOT, "<meta http-equiv=\"refresh\" content=\"%d\">\n", refresh));
    }
    html.raw(Headline.html(status, live));
    if (latest.round() != null) {
      html.raw(CurveCharts.html(status.curves()));
      html.raw(RoundTimeBars.html(status));
      html.raw(Tables.shards(latest.measured()));
    }
    html.raw(Tables.executors(status.executors()));
    html.raw(Tables.settings(status));
    return html.toString();
  }

  private static String style() {
    try (InputStream in = TrainingPage.class.getResourceAsStream("training.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("training.css is not readable", e);
    }
  }
}
