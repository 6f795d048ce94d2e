package org.rondo.runs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.rondo.evaluation.Metric;
import org.rondo.frames.predict.FrameModel;
import org.rondo.ingest.Split;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.FeaturesJson;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.Task;
import org.rondo.tasks.pictures.Picture;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.workspace.KernelPlan;

/** A trained network of a task that learns rows, as a checkpoint holds it, for predictions. */
public final class RowModel {
  private final RowPlans rows;
  private final Task task;
  private final Features features;
  private final Checkpoint trained;
  private final KernelPlan kernels;

  private RowModel(Plans plans, Checkpoint trained) {
    rows = plans.rows();
    task = rows.task();
    features =
        rows.asked(
            task.features(trained.text(Features.FILE)), trained.folder().hadoop().configuration());
    this.trained = trained;
    // Predictions are to be the same on machines that have no bfloat16.
    kernels = plans.kernels().decided(false);
  }

  /**
   * What a checkpoint holds.
   *
   * @throws SettingsException if the configured task is language-model
   * @throws org.rondo.training.storage.CheckpointException if it is damaged, or of no such task
   */
  public static RowModel of(Plans plans, Checkpoint trained) {
    if (plans.ofText()) {
      throw new SettingsException(
          "task = language-model predicts nothing of rows; rondo generate lets it write");
    }
    if (!trained.holds(Features.FILE)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "the checkpoint %s is of a language model, which predicts nothing of rows; rondo generate lets it write",
              trained.folder().uri()));
    }
    requireTask(plans, trained);
    return new RowModel(plans, trained);
  }

  /**
   * Checks that a checkpoint, unless it is of a language model, is of the configured task.
   *
   * @throws SettingsException that names both
   */
  public static void requireTask(Plans plans, Checkpoint trained) {
    String asked = plans.rows().task().name();
    String task =
        trained.holds(Features.FILE) ? FeaturesJson.task(trained.text(Features.FILE)) : asked;
    if (!task.equals(asked)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "the checkpoint %s is of task = %s, and the configuration says task = %s",
              trained.folder().uri(),
              task,
              asked));
    }
  }

  /** What it learned. */
  public Task task() {
    return task;
  }

  /** The keys of the configuration that its task and its data have. */
  public RowPlans rows() {
    return rows;
  }

  /** For the rows of DataFrames. */
  public FrameModel ofFrames() {
    return new FrameModel(
        task,
        rows.taskSettings(),
        features,
        trained.network(),
        kernels,
        rows.columns(),
        rows.invalidRows());
  }

  /** The network's parameters. */
  public float[] parameters() {
    return trained.parameters();
  }

  /** For single rows, in this process. */
  public Predictor predictor() {
    return learned().predictor(features);
  }

  private LearnedNetwork learned() {
    return new LearnedNetwork(
        trained.network(), trained.parameters(), kernels.choose(), kernels.elementType());
  }

  /**
   * What the task draws of rows of each split, if anything.
   *
   * @param measuring details of a metric over all validation rows
   */
  List<Picture> pictures(
      Map<String, List<Example>> examples, Function<Metric, Map<String, Double>> measuring) {
    boolean validated = !examples.getOrDefault(Split.VALIDATION, List.of()).isEmpty();
    return features
        .illustrator(rows.taskSettings())
        .map(
            illustrator ->
                illustrator
                    .measure()
                    .filter(metric -> validated)
                    .map(metric -> illustrator.measured(measuring.apply(metric)))
                    .orElse(illustrator))
        .map(illustrator -> illustrator.draw(examples, learned()))
        .map(all -> all.subList(0, Math.min(Illustrator.MOST, all.size())))
        .orElse(List.of());
  }
}
