package org.rondo.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Scores;
import org.rondo.frames.PreparedData;
import org.rondo.frames.SplitReport;
import org.rondo.frames.prepare.FramePreparation;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.models.NetworkSpec;
import org.rondo.models.ParameterTransfer;
import org.rondo.tasks.pictures.Picture;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingJob;
import org.rondo.training.checkpoint.Checkpoint;

/**
 * Rows of data, for every task but {@code language-model}.
 *
 * @param sequences what was prepared, opened
 * @param given whose layers a network begins with, if any
 * @param sample rows for which it writes, and that it draws
 */
public record RowData(
    Plans plans,
    PreparedData prepared,
    Sequences sequences,
    Optional<Checkpoint> given,
    RowSample sample)
    implements RunData {
  /** As long as a chapter of a book, or a minute of measurements at 200 Hz. */
  private static final int MANY_STEPS = 10_000;

  /**
   * Reads, fits and encodes the configured rows, unless that was done before.
   *
   * @throws org.rondo.ingest.IngestException if the rows cannot be used
   */
  public static RowData prepare(
      Plans plans, SparkSession spark, Configuration hadoop, RunMessages messages)
      throws IOException {
    RowPlans rows = plans.rows();
    Path folder = Preparation.folder(plans, hadoop);
    messages.show("preparing the data");
    var preparation = new FramePreparation(spark, rows.frames(), rows.task(), rows.taskSettings());
    Optional<Checkpoint> given = plans.initial(hadoop, messages);
    if (given.isPresent()) {
      preparation = preparation.startingFrom(given.get().vocabulary());
    }
    PreparedData prepared = preparation.prepare(folder);
    rows.asked(prepared.features(), hadoop); // refused before a network is trained
    RowSample sample = RowSample.of(rows, prepared.features(), spark);
    messages.clear();
    return new RowData(plans, prepared, prepared.folder().open(), given, sample);
  }

  /**
   * Those of the layers that were trained before (Dai and Le 2015).
   *
   * @throws SettingsException if they are other layers than those of this network
   */
  @Override
  public Optional<float[]> initial(TrainingJob job) {
    return given.map(
        trained -> {
          try {
            return new ParameterTransfer(trained.network(), job.network())
                .initial(trained.parameters(), job.plan().seed());
          } catch (IllegalArgumentException e) {
            throw plans.initialRefused(e);
          }
        });
  }

  @Override
  public TrainingJob job() {
    TrainingJob job = job(plans.rows().network(prepared.features()));
    job.requireTokens(sequences);
    return job;
  }

  /** The job of a network that is there already, which may be evaluated alone. */
  public TrainingJob job(NetworkSpec network) {
    return job(network, List.of());
  }

  /** As {@link #job(NetworkSpec)}, with further metrics behind those of the task. */
  public TrainingJob job(NetworkSpec network, List<Metric> more) {
    var metrics = new ArrayList<Metric>(prepared.features().metrics());
    metrics.addAll(more);
    return new TrainingJob(network, plans.training(sequences), prepared.folder(), metrics);
  }

  @Override
  public JobMemory memory(TrainingJob job) {
    return plans.memory(job, sequences);
  }

  @Override
  public String unit() {
    return "target";
  }

  @Override
  public String summary() {
    var lines = new ArrayList<String>();
    lines.add(prepared.features().summary());
    lines.add(prepared.report().table());
    longRows().ifPresent(lines::add);
    lines.add("in " + prepared.folder().uri() + (prepared.found() ? ", prepared before" : ""));
    return String.join(System.lineSeparator(), lines);
  }

  /** Minibatches are as long as the longest row, which few foresee. */
  private Optional<String> longRows() {
    int longest = sequences.longest();
    return longest < MANY_STEPS || !plans.unrollsRows()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "note: the longest row has %,d steps, and minibatches as many, which cost memory and time; %s",
                longest,
                plans.rows().limit()));
  }

  @Override
  public Map<String, Object> description() {
    var data = new LinkedHashMap<String, Object>();
    data.put("task", prepared.features().task());
    data.put("dataset", Redaction.withoutPassword(prepared.folder().uri()));
    data.put("features", prepared.features().summary());
    prepared.report().splits().forEach((split, found) -> describe(data, split, found));
    data.put("rejected_rows", prepared.report().rejected());
    return data;
  }

  private static void describe(Map<String, Object> data, String split, SplitReport found) {
    data.put(split + "_rows", found.rows());
    data.put(
        split + "_steps",
        Map.of("median", found.median(), "p95", found.most(), "longest", found.longest()));
    found.counts().forEach((name, count) -> data.put(split + " " + name, count));
  }

  @Override
  public String sample(Checkpoint best) {
    return sample.text(plans, best);
  }

  @Override
  public List<Picture> pictures(Checkpoint best, Function<TrainingJob, Scores> validation) {
    return sample.pictures(
        plans,
        best,
        metric -> {
          var job =
              new TrainingJob(
                  best.network(), plans.training(sequences), prepared.folder(), List.of(metric));
          return validation.apply(job).details().get(metric.name());
        });
  }
}
