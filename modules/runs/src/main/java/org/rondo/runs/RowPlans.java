package org.rondo.runs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.SourcePlan;
import org.rondo.frames.predict.SavedLanguageModel;
import org.rondo.frames.rows.RowReader;
import org.rondo.frames.windows.WindowFrames;
import org.rondo.models.HeadSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.tasks.Column;
import org.rondo.tasks.Features;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;

/** From the keys of rows of data, and of the task that learns them, to their plans. */
public final class RowPlans {
  private static final String OPTIONS = "data.options.";
  private static final String COLUMNS = "data.columns.";

  private static final int LIKELY_IDS = 50_000;
  private static final int LIKELY_CLASSES = 50;
  private static final int LIKELY_STEPS = 500;

  private final Settings settings;
  private final Plans plans;
  private final TextPlans text;

  RowPlans(Settings settings, Plans plans, TextPlans text) {
    this.settings = settings;
    this.plans = plans;
    this.text = text;
  }

  /**
   * What is learned.
   *
   * @throws SettingsException if there is no such task
   */
  public Task task() {
    return Task.ALL
        .find(settings.text("task"))
        .orElseThrow(
            () ->
                settings.refusal(
                    "task",
                    String.format(
                        Locale.ROOT,
                        "no such task; there are %s and %s",
                        Plans.LANGUAGE_MODEL,
                        Task.ALL.names())));
  }

  /** The task's own keys. */
  public TaskSettings taskSettings() {
    String name = task().name();
    return new TaskSettings(name, settings.section(name + "."));
  }

  /**
   * Checks the keys that can be checked before the rows are known.
   *
   * @throws SettingsException naming the key that holds what it cannot
   */
  void check() {
    Task task = task();
    requireRoles(settings.checked(() -> task.columns(taskSettings())));
    settings.checked(() -> task.fitting(taskSettings()));
    settings.checked(
        () -> {
          task.windows(taskSettings())
              .ifPresent(windows -> WindowFrames.check(windows, task.name()));
          return task;
        });
    requireMetric(task.metrics(taskSettings()));
    requireLayers();
    source();
    invalidRows();
    requireValidation();
    if (!plans.engine().name().equals(RondoEngine.NAME)) {
      throw settings.refusal("engine", "trains language models alone; set it to rondo");
    }
  }

  private void requireMetric(List<String> names) {
    if (!names.isEmpty()) {
      plans.requireMetric(names);
    }
  }

  /** Over whatever the rows hold: what is wrong with the layers themselves shows. */
  private void requireLayers() {
    plans.network(stack -> stack.network(1, new HeadSpec("tagger", 1)));
    plans.network(
        stack ->
            settings.checked(
                () -> {
                  task().check(stack, taskSettings());
                  return stack.network(1, new HeadSpec("tagger", 1));
                }));
  }

  private void requireRoles(List<Column> roles) {
    settings.checked(
        () -> {
          RowReader.requireRoles(roles, columns());
          return roles;
        });
  }

  /** What is refused of data that is not named yet does not matter to a preset. */
  private void requireValidation() {
    if (settings.optional("data.path").or(() -> settings.optional("data.train")).isPresent()) {
      text.requireValidation();
    }
  }

  /** Everything that decides the prepared dataset, beside the task and the rows themselves. */
  public FramePlan frames() {
    return settings.checked(
        () ->
            new FramePlan(
                source(),
                text.splits(),
                columns(),
                settings.optional("data.order_column").orElse(""),
                invalidRows(),
                FramePlan.PARTS,
                settings.wholeLong("seed")));
  }

  /**
   * Features of a trained network as the keys ask it for predictions.
   *
   * @param hadoop settings of the file system that a language model lies on
   * @throws SettingsException if the language model does not fit
   */
  Features asked(Features features, Configuration hadoop) {
    Features asked = features.predicting(taskSettings());
    Optional<String> folder = task().languageModel(taskSettings());
    if (folder.isEmpty()) {
      return asked;
    }
    try {
      return asked.with(SavedLanguageModel.of(Checkpoint.open(new Path(folder.get()), hadoop)));
    } catch (IllegalArgumentException e) {
      throw settings.refusal(task().name() + ".language_model", e.getMessage());
    }
  }

  /** How rows are read. */
  public SourcePlan source() {
    return settings.checked(
        () ->
            new SourcePlan(
                format(),
                new Options(settings.section(OPTIONS)),
                settings.optional("data.sql").orElse("")));
  }

  private String format() {
    Optional<String> format = settings.optional("data.format");
    return format.orElseThrow(
        () ->
            new SettingsException(
                "data.format is required: csv, json, parquet, conll, or another that reference.conf"
                    + " names"));
  }

  /** The column of each role, as it is given. */
  Map<String, String> columns() {
    return settings.section(COLUMNS);
  }

  /** Which key makes long rows shorter, for a person. */
  String limit() {
    String section = task().name() + ".";
    Set<String> keys = taskSettings().values().keySet();
    if (keys.contains("long_rows")) {
      return section + "maximum_length cuts longer rows, with " + section + "long_rows = cut";
    }
    if (keys.contains("maximum_length")) {
      return section + "maximum_length cuts longer rows";
    }
    return keys.contains("stack")
        ? section + "hop and " + section + "stack make fewer steps where they are larger"
        : "train.unroll cuts rows in pieces, from one to the next of which no gradient flows";
  }

  InvalidRows invalidRows() {
    return settings.checked(() -> InvalidRows.named(settings.text("data.invalid_rows")));
  }

  /**
   * What training takes where the rows are not known yet: of a network over as many ids as a large
   * vocabulary has, in minibatches as long as long rows.
   */
  public JobMemory likelyMemory() {
    int unroll = Math.max(LIKELY_STEPS, settings.whole("train.unroll"));
    TrainingPlan plan = plans.training().with(p -> p.batch(settings.whole("train.batch"), unroll));
    return plans.memory(
        plans.network(stack -> stack.network(LIKELY_IDS, new HeadSpec("tagger", LIKELY_CLASSES))),
        plan);
  }

  /**
   * The network over what a task was fitted to.
   *
   * @throws SettingsException naming the key that is wrong, or all where it lies between them
   */
  NetworkSpec network(Features features) {
    return plans.network(stack -> features.network(stack, taskSettings()));
  }
}
