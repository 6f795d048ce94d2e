package org.rondo.bench.engine;

import static org.rondo.bench.engine.EngineReport.ofKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.bench.Figure;

/** Memory and disk as rounds go by. */
final class GrowthSection {
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("driver_heap_mb", "driver's heap, MB");
    COLUMNS.put("executor_heap_mb", "executors' heap, MB");
    COLUMNS.put("executor_resident_mb", "executors resident, MB");
    COLUMNS.put("spark_disk_mb", "Spark's folders, MB");
    COLUMNS.put("output_disk_mb", "output, MB");
    COLUMNS.put("broadcasts", "broadcasts");
    COLUMNS.put("driver_blocks", "driver's blocks");
    COLUMNS.put("executor_blocks", "executors' blocks");
  }

  private final List<Figure> samples;

  /**
   * @param figures of one machine
   */
  GrowthSection(List<Figure> figures) {
    samples = ofKind("growth", figures);
  }

  String text() {
    var header = new ArrayList<>(List.of("round"));
    header.addAll(COLUMNS.values());
    var table = EngineReport.table(header.toArray(new String[0]));
    for (Figure sample : samples) {
      var row = new ArrayList<>(List.of(sample.text("round")));
      COLUMNS.keySet().forEach(key -> row.add(sample.text(key)));
      table.row(row);
    }
    var change = new ArrayList<>(List.of("from first to last"));
    COLUMNS.keySet().forEach(key -> change.add(change(key)));
    table.row(change);
    return String.format(
        Locale.ROOT,
        """
        A small model, two shards on two embedded executors, a round per minibatch, evaluation and checkpoint every 100 rounds, states
        cut from their lineage in between. Heaps are what a full collection leaves; executors are taken together. The output holds
        checkpoints, states between them and the record of the run, which grows by a line or two a round. Spark's page remembers the
        last 50 jobs.

        %s""",
        table);
  }

  private String change(String key) {
    double change = samples.get(samples.size() - 1).number(key) - samples.get(0).number(key);
    return String.format(Locale.ROOT, key.endsWith("_mb") ? "%+.1f" : "%+.0f", change);
  }
}
