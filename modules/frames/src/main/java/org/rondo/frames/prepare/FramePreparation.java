package org.rondo.frames.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.frames.FramePlan;
import org.rondo.frames.PreparationReport;
import org.rondo.frames.PreparedData;
import org.rondo.frames.SplitReport;
import org.rondo.frames.rows.Rejections;
import org.rondo.frames.sources.FrameSource;
import org.rondo.frames.windows.WindowFrames;
import org.rondo.ingest.Attempt;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Placement;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.ingest.sequences.SequencePart;
import org.rondo.ingest.text.OwnFolder;
import org.rondo.ingest.text.SourceFile;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.tasks.Column;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;

/**
 * Prepares datasets for a task: reads rows, places them, fits the task to those of training,
 * encodes all of them into a folder of sequences. Equal rows and equal plans give equal datasets,
 * bit for bit, whatever the partitions of the data and the cluster.
 */
public final class FramePreparation {
  private final SparkSession spark;
  private final FramePlan plan;
  private final Task task;
  private final TaskSettings settings;
  private final Optional<Vocabulary> given;

  public FramePreparation(SparkSession spark, FramePlan plan, Task task, TaskSettings settings) {
    this(spark, plan, task, settings, Optional.empty());
  }

  private FramePreparation(
      SparkSession spark,
      FramePlan plan,
      Task task,
      TaskSettings settings,
      Optional<Vocabulary> given) {
    this.spark = spark;
    this.plan = plan;
    this.task = task;
    this.settings = settings;
    this.given = given;
  }

  /** The same with the vocabulary of layers that were trained on other text, as it is. */
  public FramePreparation startingFrom(Vocabulary vocabulary) {
    return new FramePreparation(spark, plan, task, settings, Optional.of(vocabulary));
  }

  private Fitting fitting() {
    return given.isPresent() ? task.fitting(settings, given.get()) : task.fitting(settings);
  }

  /**
   * Prepares what the plan's paths name. A dataset that was prepared of the same files is taken as
   * it is; rows of tables and queries are read to see whether they are the same.
   *
   * @param folder where the dataset is to be; if it holds another one, a folder beside it
   * @throws IngestException if the data cannot be used, naming places, columns and reasons
   */
  public PreparedData prepare(Path folder) {
    var source = new FrameSource(spark, plan.source());
    Map<String, String> paths = plan.splits().texts();
    var files = new TreeMap<String, List<SourceFile>>();
    paths.forEach((name, path) -> source.files(path).ifPresent(found -> files.put(name, found)));
    if (files.size() == paths.size()) {
      requireApart(paths.values(), folder);
      Optional<PreparedData> found = find(folder, origin(files, ""));
      if (found.isPresent()) {
        return found.get();
      }
    }
    var frames = new LinkedHashMap<String, Dataset<Row>>();
    paths.forEach((name, path) -> frames.put(name, source.read(path)));
    return prepare(frames, files.size() == paths.size() ? files : Map.of(), folder);
  }

  /**
   * Prepares rows that the caller has; the plan's own source is not read.
   *
   * @param frames by split, or one by another name, such as {@code all}, which is cut into splits
   *     by the plan's fractions
   * @param folder as in {@link #prepare(Path)}
   * @throws IngestException as there
   */
  public PreparedData prepare(Map<String, Dataset<Row>> frames, Path folder) {
    return prepare(frames, Map.of(), folder);
  }

  private PreparedData prepare(
      Map<String, Dataset<Row>> frames, Map<String, List<SourceFile>> files, Path folder) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (var jobs = new SparkJobs(context, SparkLimits.of(context.getConf()))) {
      return jobs.run("preparing data", () -> prepared(frames, files, folder));
    }
  }

  private PreparedData prepared(
      Map<String, Dataset<Row>> frames, Map<String, List<SourceFile>> files, Path folder) {
    List<Column> roles = Column.given(task.learned(settings), plan.columns().keySet());
    Optional<WindowPlan> windows = task.windows(settings);
    FramePlan placing = windows.isPresent() ? plan.ofWindows() : plan;
    JavaPairRDD<RowKey, String> rows =
        new PlacedRows(placing, roles)
            .of(windows.isPresent() ? windows(windows.get(), frames) : frames);
    var passes = new PreparationPasses(rows, task, roles, placing, windows.isPresent());
    List<FittedPart> fitted = passes.fit(fitting());
    String content = files.isEmpty() ? digest(fitted) : "";
    PreparedOrigin origin = origin(files, content);
    if (files.isEmpty()) {
      Optional<PreparedData> found = find(folder, origin);
      if (found.isPresent()) {
        return found.get();
      }
    }
    Features features = passes.features(fitted);
    return DiskFailure.worded(
        "data: cannot write",
        folder,
        () -> write(passes, features, windows, frames.keySet(), origin, folder));
  }

  private Map<String, Dataset<Row>> windows(WindowPlan windows, Map<String, Dataset<Row>> frames) {
    return new WindowFrames(spark, windows, plan.columns(), plan.parts())
        .of(frames, plan.splits().fractions());
  }

  private void requireApart(Collection<String> paths, Path folder) {
    Path real =
        DiskFailure.worded(
            "data: cannot reach",
            folder,
            () -> Placement.real(folder.getFileSystem(hadoop()), folder));
    new OwnFolder("data", real, hadoop()).requireApart(paths);
  }

  private PreparedOrigin origin(Map<String, List<SourceFile>> files, String content) {
    return new PreparedOrigin(
        plan, task.name(), decisive(), given.map(Vocabulary::sha256).orElse(""), files, content);
  }

  /** The keys of the task but those that say how a trained network is asked. */
  private Map<String, String> decisive() {
    var keys = new TreeMap<>(settings.values());
    keys.keySet().removeAll(task.keysOfPrediction());
    return keys;
  }

  private static String digest(List<FittedPart> parts) {
    return Sha256.of(String.join(" ", parts.stream().map(FittedPart::digest).toList()));
  }

  private Optional<PreparedData> find(Path folder, PreparedOrigin origin) {
    return DiskFailure.worded(
        "data: cannot read",
        folder,
        () -> {
          var place = PreparedPlace.of(folder, origin, hadoop());
          Optional<Path> there = place.find();
          return there.isEmpty()
              ? Optional.empty()
              : Optional.of(opened(place.fileSystem(), there.get(), true));
        });
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private PreparedData opened(FileSystem fs, Path there, boolean found) throws IOException {
    SequenceFolder sequences = SequenceFolder.of(there, hadoop());
    String json = sequences.open().dictionaries().get(Features.FILE);
    PreparationReport report = PreparedManifest.read(fs, there).report();
    return new PreparedData(sequences, task.features(json), report, found);
  }

  private PreparedData write(
      PreparationPasses passes,
      Features features,
      Optional<WindowPlan> windows,
      Set<String> sources,
      PreparedOrigin origin,
      Path folder)
      throws IOException {
    var place = PreparedPlace.of(folder, origin, hadoop());
    place.find(); // refuses a folder that holds other things before the work
    Attempt.removeLeftovers(place.fileSystem(), place.real());
    try (Attempt attempt = Attempt.beside(place.fileSystem(), place.real())) {
      SequenceFolder sequences = SequenceFolder.of(attempt.folder(), hadoop());
      List<EncodedPart> parts = passes.encode(features, sequences);
      PreparationReport report = report(parts);
      ValidationRows.require(plan, sources, windows, report);
      PreparedManifest.of(origin, report).write(place.fileSystem(), attempt.folder());
      sequences.commit(features.shape(), files(parts), Map.of(Features.FILE, features.toJson()));
      return opened(place.fileSystem(), place.commit(attempt), false);
    }
  }

  private static Map<String, List<SequencePart>> files(List<EncodedPart> parts) {
    var splits = new TreeMap<String, List<SequencePart>>();
    for (EncodedPart part : parts) {
      part.files()
          .forEach(
              (split, file) -> splits.computeIfAbsent(split, s -> new ArrayList<>()).add(file));
    }
    return splits;
  }

  private static PreparationReport report(List<EncodedPart> parts) {
    var tallies = new TreeMap<String, SplitTally>();
    var rejections = new Rejections();
    for (EncodedPart part : parts) {
      part.tallies()
          .forEach(
              (split, tally) -> tallies.computeIfAbsent(split, s -> new SplitTally()).merge(tally));
      rejections.merge(part.rejections());
    }
    var splits = new TreeMap<String, SplitReport>();
    tallies.forEach((split, tally) -> splits.put(split, tally.report()));
    return new PreparationReport(splits, rejections.count(), rejections.sample());
  }
}
