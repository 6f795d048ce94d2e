package org.rondo.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.runs.Plans;
import org.rondo.runs.RowData;
import org.rondo.runs.RunMessages;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.training.TrainingJob;
import org.rondo.training.checkpoint.Checkpoint;

/** The rows that a checkpoint is measured on: those of the configuration. */
final class EvaluationRows {
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
    return evaluate(spark, split, status, List.of());
  }

  /** As above, with further metrics behind those of the task. */
  Scores evaluate(CommandSpark spark, String split, StatusLine status, List<Metric> more)
      throws IOException {
    return evaluate(prepared(spark), spark, split, status, more);
  }

  /**
   * The rows, encoded.
   *
   * @throws IngestException if that is in another way than those that the checkpoint was trained on
   */
  RowData prepared(CommandSpark spark) throws IOException {
    RowData data = RowData.prepare(plans, spark.session(), hadoop, messages);
    requireSameFeatures(data.sequences());
    return data;
  }

  /**
   * What the checkpoint is worth on a split of rows that are prepared.
   *
   * @param more metrics behind those of the task
   * @throws IngestException if the split is empty
   */
  Scores evaluate(
      RowData data, CommandSpark spark, String split, StatusLine status, List<Metric> more) {
    Sequences sequences = data.sequences();
    if (sequences.count(split) == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "evaluate: there are no %s rows; data.%s, or data.%s_fraction, gives some",
              split,
              split,
              split));
    }
    TrainingJob job = data.job(trained.network(), more);
    job.requireSplit(sequences, split);
    var context = spark.context(plans.memory(job, sequences));
    return new ShownEvaluation(job, sequences, data.prepared().folder().hadoop(), split + " rows")
        .scores(context, split, trained.parameters(), status);
  }

  private void requireSameFeatures(Sequences sequences) {
    String there = sequences.dictionaries().get(Features.FILE);
    if (!FeaturesJson.equal(trained.text(Features.FILE), there)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "evaluate: the rows in %s are encoded by other vocabularies, labels or scales than those that the checkpoint %s was trained on; name the data and the keys that it was trained with",
              sequences.folder(),
              trained.folder().uri()));
    }
  }
}
