package org.rondo.bench.engine;

import static org.rondo.bench.engine.EngineReport.ofKind;

import java.util.List;
import java.util.Locale;
import org.rondo.bench.Figure;
import org.rondo.bench.Rates;

/** Seconds of rounds with next to no training in them, and what went through the driver. */
final class RoundsSection {
  private static final double MEGABYTE = 1 << 20;

  /** A model below this is one of no size. */
  private static final double SMALL = 100_000;

  private final List<Figure> rounds;

  /**
   * @param figures of one machine
   */
  RoundsSection(List<Figure> figures) {
    rounds = ofKind("round", figures);
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """
        One minibatch of two tokens per shard and round, embedded executors of one core (local-cluster): what is left is the cost of
        the round. Seconds are medians (least - most) of the rounds after the tenth; their parts are medians by themselves. What the
        driver receives are the results of all tasks of a round, what it hands out is counted once however many executors fetch it.
        The heap is the driver's at its fullest, garbage included, under a limit of 4 GB.

        Two executors:

        %s
        A model of no size, for what shards cost by themselves:

        %s""",
        models(),
        shards());
  }

  private String models() {
    var table =
        EngineReport.table(
            "parameters",
            "shards",
            "on the wire",
            "seconds a round",
            "broadcast",
            "compute",
            "reduce",
            "outer",
            "driver receives, MB",
            "driver hands out, MB",
            "driver's heap, MB");
    for (Figure round : rounds) {
      if (round.number("parameters") >= SMALL) {
        table.row(
            List.of(
                millions(round),
                round.text("shards"),
                round.text("wire"),
                seconds(round),
                number(round, "broadcast", 1, 2),
                number(round, "compute", 1, 2),
                number(round, "reduce", 1, 2),
                number(round, "outer", 1, 2),
                number(round, "received_bytes", MEGABYTE, 1),
                number(round, "broadcast_bytes", MEGABYTE, 1),
                number(round, "heap_bytes", MEGABYTE, 0)));
      }
    }
    return table.toString();
  }

  private String shards() {
    var table = EngineReport.table("parameters", "shards", "executors", "seconds a round");
    for (Figure round : rounds) {
      if (round.number("parameters") < SMALL) {
        String parameters = String.format(Locale.ROOT, "%,.0f", round.number("parameters"));
        table.row(
            List.of(parameters, round.text("shards"), round.text("executors"), seconds(round)));
      }
    }
    return table.toString();
  }

  static String millions(Figure round) {
    return String.format(Locale.ROOT, "%.1f M", round.number("parameters") / 1e6);
  }

  private static String seconds(Figure round) {
    Rates seconds = Rates.parse(round.text("seconds"));
    return String.format(
        Locale.ROOT, "%.2f (%.2f - %.2f)", seconds.median(), seconds.least(), seconds.most());
  }

  private static String number(Figure round, String key, double unit, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", round.number(key) / unit);
  }
}
