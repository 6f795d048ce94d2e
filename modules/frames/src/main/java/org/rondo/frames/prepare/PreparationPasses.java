package org.rondo.frames.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.rondo.driver.jobs.Guarded;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.models.OpenSet;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;

/** The two passes over placed rows: one fits the task, the other encodes. */
final class PreparationPasses {
  private final JavaPairRDD<RowKey, String> rows;
  private final Task task;
  private final TaskSettings settings;
  private final InvalidRows invalidRows;
  private final ExampleBytes bytes;

  PreparationPasses(
      JavaPairRDD<RowKey, String> rows, Task task, TaskSettings settings, InvalidRows invalidRows) {
    this.rows = rows;
    this.task = task;
    this.settings = settings;
    this.invalidRows = invalidRows;
    bytes = new ExampleBytes(task.columns(settings));
  }

  /**
   * Gathers what the task must know, part by part.
   *
   * @throws IngestException if a source cannot be read, there is no row, or rows are refused
   */
  List<FittedPart> fit() {
    Fitting empty = task.fitting(settings); // a task gets a copy of its own
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
    long usable = parts.stream().mapToLong(FittedPart::rows).sum();
    refuse(rejections, usable);
    if (usable == 0) {
      throw new IngestException("data: there is no row that can be used" + sample(rejections));
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
              Features fitted = OpenSet.find(Task.class, "task", Task::name, name).features(json);
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
    long encoded = 0;
    for (byte[] result : Guarded.collect(results)) {
      EncodedPart part = TaskResult.of(result, EncodedPart.class);
      rejections.merge(part.rejections());
      encoded += part.tallies().values().stream().mapToLong(SplitTally::rows).sum();
      parts.add(part);
    }
    refuse(rejections, encoded);
    return parts;
  }

  private void refuse(Rejections rejections, long usable) {
    if (rejections.count() > 0 && invalidRows == InvalidRows.REJECT) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: %d of %d rows cannot be used; data.invalid_rows = skip leaves them out%s",
              rejections.count(),
              rejections.count() + usable,
              sample(rejections)));
    }
  }

  private static String sample(Rejections rejections) {
    if (rejections.count() == 0) {
      return "";
    }
    String more = rejections.count() > rejections.sample().size() ? ", ..." : "";
    return ": " + String.join("; ", rejections.sample()) + more;
  }
}
