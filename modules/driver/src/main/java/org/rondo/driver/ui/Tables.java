package org.rondo.driver.ui;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.rondo.training.ShardTiming;
import org.rondo.training.events.TrainingEvent;

/** The page's tables: shards of the last round, executors, configuration. */
final class Tables {
  /** Shards of a wide run that are listed: the slowest. */
  private static final int MOST_SHARDS = 100;

  private Tables() {}

  static String shards(TrainingEvent.RoundMeasured measured) {
    if (measured == null) {
      return "";
    }
    List<ShardTiming> all = measured.shards();
    List<ShardTiming> slowest =
        all.stream()
            .sorted(Comparator.comparingDouble(ShardTiming::seconds).reversed())
            .limit(MOST_SHARDS)
            .toList();
    String title = String.format(Locale.ROOT, "Shards in round %d", measured.round());
    if (all.size() > MOST_SHARDS) {
      title += String.format(Locale.ROOT, ", the %d slowest of %d", MOST_SHARDS, all.size());
    }
    Html html =
        new Html()
            .element("h4", "", title)
            .open("table", "table table-bordered table-sm sortable")
            .open("thead", "")
            .row(
                "th",
                "",
                List.of("shard", "executor", "seconds", "tokens", "loss", "gradient norm"))
            .close("thead")
            .open("tbody", "");
    slowest.stream()
        .sorted(Comparator.comparingInt(ShardTiming::shard))
        .forEach(s -> shard(html, s, all.size() > 1 && s.equals(slowest.get(0))));
    return html.close("tbody").close("table").toString();
  }

  private static void shard(Html html, ShardTiming shard, boolean slowest) {
    html.row(
        "td",
        slowest ? "table-warning" : "",
        List.of(
            slowest ? shard.shard() + " (slowest)" : String.valueOf(shard.shard()),
            shard.executor(),
            Figures.precise(shard.seconds()),
            Figures.whole(shard.tokens()),
            Figures.precise(shard.loss()),
            Figures.precise(shard.gradientNorm())));
  }

  static String executors(List<ExecutorRow> executors) {
    if (executors.isEmpty()) {
      return "";
    }
    return new Html()
        .element("h4", "", "Executors")
        .table(
            List.of(
                "executor",
                "host",
                "heap",
                "native buffers",
                "JavaCPP",
                "overhead",
                "cores",
                "OMP_NUM_THREADS",
                "kernels"),
            executors.stream().map(Tables::executor).toList())
        .toString();
  }

  private static List<String> executor(ExecutorRow row) {
    MemorySetup memory = row.setup().memory();
    ComputeSetup compute = row.setup().compute();
    return List.of(
        row.setup().executor() + (row.gone() ? " (gone)" : ""),
        row.setup().host(),
        Figures.whole(memory.heapBytes() >> 20) + " MB",
        Figures.whole(memory.nativeBytes() >> 20) + " MB",
        memory.javacpp(),
        memory.overhead(),
        String.valueOf(compute.cores()),
        compute.ompThreads(),
        compute.kernels());
  }

  static String settings(TrainingStatus status) {
    if (status.settings().isEmpty()) {
      return "";
    }
    return new Html()
        .element("h4", "", "Configuration")
        .open("div", "rondo-settings")
        .table(
            List.of("key", "value"),
            new TreeMap<>(status.settings())
                .entrySet().stream()
                    .map(entry -> List.of(entry.getKey(), entry.getValue()))
                    .toList())
        .close("div")
        .toString();
  }
}
