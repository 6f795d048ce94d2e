package org.rondo.runs;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Features;
import org.rondo.training.checkpoint.Checkpoint;

/**
 * A network without its parameters, and what its numbers mean: what a checkpoint needs beside
 * weights that come from elsewhere.
 *
 * @param dictionaries texts by the name of the file that they are in, such as {@code
 *     vocabulary.json}
 */
public record ConfiguredNetwork(NetworkSpec spec, Map<String, String> dictionaries) {
  /** That of a checkpoint. */
  public static ConfiguredNetwork of(Checkpoint trained) {
    var dictionaries = new TreeMap<String, String>();
    for (String name : new String[] {Checkpoint.VOCABULARY, Features.FILE}) {
      if (trained.holds(name)) {
        dictionaries.put(name, trained.text(name));
      }
    }
    return new ConfiguredNetwork(trained.network(), dictionaries);
  }

  /**
   * As configured, over the vocabulary of the data, which are prepared unless they were before.
   *
   * @param spark is asked for a session where the data are rows
   * @throws SettingsException if a key holds what it cannot
   * @throws org.rondo.ingest.IngestException if the data cannot be used
   */
  public static ConfiguredNetwork prepare(
      Plans plans, Configuration hadoop, SparkAccess spark, RunMessages messages)
      throws IOException {
    if (plans.ofText()) {
      Corpus corpus = Preparation.run(plans, hadoop, spark, messages);
      return new ConfiguredNetwork(plans.network(corpus.vocabulary()), corpus.dictionaries());
    }
    RowData rows = RowData.prepare(plans, spark.session(), hadoop, messages);
    return new ConfiguredNetwork(
        plans.rows().network(rows.prepared().features()), rows.sequences().dictionaries());
  }
}
