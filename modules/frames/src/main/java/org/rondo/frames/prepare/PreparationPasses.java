package org.rondo.frames.prepare;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.rondo.driver.jobs.Guarded;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.frames.rows.Rejections;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.tasks.Column;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;

/** The two passes over placed rows: one fits the task, the other encodes. */
final class PreparationPasses {
  private final JavaPairRDD<RowKey, String> rows;
  private final Task task;
  private final InvalidRows invalidRows;
  private final boolean windows;
  private final ExampleBytes bytes;

  /**
   * @param windows whether rows are windows of series
   */
  PreparationPasses(
      JavaPairRDD<RowKey, String> rows,
      Task task,
      List<Column> roles,
      FramePlan plan,
      boolean windows) {
    this.windows = windows;
    this.rows = rows;
    this.task = task;
    this.invalidRows = plan.invalidRows();
    bytes = new ExampleBytes(roles, plan.columns());
  }

  /**
   * Gathers what the task must know, part by part.
   *
   * @param empty nothing gathered yet; each part gets a copy of its own
   * @throws IngestException if a source cannot be read, there is no row, or rows are refused
   */
  List<FittedPart> fit(Fitting empty) {
    ExampleBytes codec = bytes;
    JavaRDD<byte[]> results =
        rows.mapPartitions(
            part -> List.of(TaskResult.bytes(FittedPart.of(part, codec, empty))).iterator());
    var parts = new ArrayList<FittedPart>();
    var rejections = new Rejections();
    for (byte[] result : Guarded.collect(results)) {
      FittedPart part = TaskResult.of(result, FittedPart.class);
      part.failure()
          .ifPresent(
              failure -> {
                throw new IngestException(failure);
              });
      rejections.merge(part.rejections());
      parts.add(part);
    }
    refuse(rejections);
    if (windows && rejections.usable() == 0 && rejections.count() == 0) {
      throw new IngestException("data: there is no row to cut windows from");
    }
    if (rejections.usable() == 0) {
      throw new IngestException(
          "data: there is no "
              + (windows ? "window" : "row")
              + " that can be used"
              + rejections.text());
    }
    return parts;
  }

  /** Merges, in the order of the parts, what they gathered. */
  Features features(List<FittedPart> parts) {
    Fitting all = parts.get(0).fitting();
    for (FittedPart part : parts.subList(1, parts.size())) {
      all.merge(part.fitting());
    }
    return all.features();
  }

  /**
   * Encodes and writes all rows.
   *
   * @throws IngestException if rows are refused
   */
  List<EncodedPart> encode(Features features, SequenceFolder folder) {
    String name = task.name();
    String json = features.toJson();
    ExampleBytes codec = bytes;
    JavaRDD<byte[]> results =
        rows.mapPartitions(
            part -> {
              Features fitted = Task.ALL.named(name).features(json);
              TaskContext context = TaskContext.get();
              EncodedPart encoded =
                  EncodedPart.of(
                      part,
                      codec,
                      fitted,
                      split ->
                          folder.writer(
                              fitted.shape(),
                              split,
                              context.partitionId(),
                              context.taskAttemptId()));
              return List.of(TaskResult.bytes(encoded)).iterator();
            });
    var parts = new ArrayList<EncodedPart>();
    var rejections = new Rejections();
    for (byte[] result : Guarded.collect(results)) {
      EncodedPart part = TaskResult.of(result, EncodedPart.class);
      rejections.merge(part.rejections());
      parts.add(part);
    }
    refuse(rejections);
    return parts;
  }

  private void refuse(Rejections rejections) {
    if (invalidRows != InvalidRows.REJECT) {
      return;
    }
    if (windows) {
      rejections.refuseAnyOfWindows();
    } else {
      rejections.refuseAny();
    }
  }
}
