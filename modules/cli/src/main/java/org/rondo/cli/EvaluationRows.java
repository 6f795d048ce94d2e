package org.rondo.cli;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.driver.SparkCarrier;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.runs.Plans;
import org.rondo.runs.RowData;
import org.rondo.runs.RunMessages;
import org.rondo.training.TrainingJob;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.storage.Storage;

/** The rows that a checkpoint is measured on: those of the configuration. */
final class EvaluationRows {
  private static final String FEATURES = "features.json";

  private final Plans plans;
  private final Checkpoint trained;
  private final Configuration hadoop;
  private final RunMessages messages;

  EvaluationRows(Plans plans, Checkpoint trained, Configuration hadoop, RunMessages messages) {
    this.plans = plans;
    this.trained = trained;
    this.hadoop = hadoop;
    this.messages = messages;
  }

  /**
   * What the checkpoint is worth on a split.
   *
   * @throws IngestException if the rows were encoded in another way than those that it was trained
   *     on, or the split is empty
   */
  Scores evaluate(CommandSpark spark, String split, StatusLine status) throws IOException {
    RowData data = RowData.prepare(plans, spark.session(), hadoop, messages);
    TrainingJob likewise = data.job();
    var job =
        new TrainingJob(trained.network(), likewise.plan(), likewise.dataset(), likewise.metrics());
    Sequences sequences = data.prepared().folder().open();
    requireSameFeatures(sequences);
    if (sequences.count(split) == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "evaluate: there are no %s rows; data.%s, or data.%s_fraction, gives some",
              split,
              split,
              split));
    }
    job.requireSplit(sequences, split);
    // An evaluation leaves no states between rounds, so this folder is never made.
    Storage scratch =
        new Storage(
            new Path(sequences.folder(), "evaluation").toString(),
            data.prepared().folder().hadoop());
    var context = spark.context(plans.memory(job, sequences));
    try (var carrier = new SparkCarrier(context, job, scratch);
        var shown = new PartsProgress(context, "evaluating the " + split + " rows", status)) {
      shown.look();
      return carrier.evaluate(split, trained.parameters());
    }
  }

  private void requireSameFeatures(Sequences sequences) {
    String there = sequences.dictionaries().get(FEATURES);
    if (!trained.text(FEATURES).equals(there)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "evaluate: the rows in %s are encoded by other vocabularies, labels or scales than those that the checkpoint %s was trained on; name the data and the keys that it was trained with",
              sequences.folder(),
              trained.folder().uri()));
    }
  }
}
