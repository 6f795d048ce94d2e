package org.rondo.frames.prepare;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.rondo.driver.jobs.Guarded;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.ingest.HadoopSettings;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusAssembly;
import org.rondo.ingest.corpus.CorpusBuilder;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.IdPart;
import org.rondo.ingest.corpus.Origin;
import org.rondo.ingest.corpus.TokenCuts;
import org.rondo.ingest.text.TextPart;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Vocabulary;
import scala.Tuple2;

/**
 * Prepares the corpus of running text by tasks that read parts of its files, with the ids that
 * {@link Corpus#prepare} writes by itself. No text passes through the driver: it receives counts of
 * tokens, the words with theirs, and the checksums of blocks.
 */
public final class TextPreparation {
  /** Of a part: some seconds of work. */
  private static final long PART_BYTES = 32L << 20;

  private final SparkSession spark;
  private final CorpusPlan plan;
  private final long partBytes;
  private final int idsPerBlock;

  public TextPreparation(SparkSession spark, CorpusPlan plan) {
    this(spark, plan, PART_BYTES, 0);
  }

  /**
   * As above.
   *
   * @param partBytes of a part, about
   * @param idsPerBlock in a full block; 0 for as many as usual
   */
  TextPreparation(SparkSession spark, CorpusPlan plan, long partBytes, int idsPerBlock) {
    this.spark = spark;
    this.plan = plan;
    this.partBytes = partBytes;
    this.idsPerBlock = idsPerBlock;
  }

  /**
   * The corpus of the plan and of the text as it is now, prepared first unless it is there.
   *
   * @param folder where it is to be; if that holds another one, a folder beside it
   * @throws IngestException if the text cannot be used
   */
  public Corpus prepare(Path folder) {
    Optional<Corpus> found = Corpus.find(plan, folder, hadoop());
    if (found.isPresent()) {
      return found.get();
    }
    CorpusPreparation.requireApart(folder, plan, hadoop());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (var jobs = new SparkJobs(context, SparkLimits.of(context.getConf()))) {
      return jobs.run("preparing the text", () -> prepared(context, folder));
    }
  }

  private Corpus prepared(JavaSparkContext context, Path folder) {
    Origin origin = Origin.find(plan, hadoop());
    List<TextTask> tasks = tasks(context, origin);
    Vocabulary vocabulary =
        plan.learned(() -> words(context, tasks), origin.description(), hadoop());
    try (var builder = CorpusBuilder.begin(origin, vocabulary, folder, idsPerBlock, hadoop())) {
      List<TextTask.Written> written = encode(context, tasks, vocabulary, builder.assembly());
      var parts = new TreeMap<String, List<IdPart>>();
      for (TextTask.Written each : written) {
        each.files()
            .forEach(
                (split, file) -> parts.computeIfAbsent(split, s -> new ArrayList<>()).add(file));
      }
      List<Long> checksums =
          DocumentPasses.write(context, builder.blocks(parts), builder.assembly());
      requireUnchanged(origin);
      long replaced = written.stream().mapToLong(TextTask.Written::replaced).sum();
      return builder.commit(parts, checksums, replaced);
    }
  }

  /** A part each, the text of the training split first, in the order of files and bytes. */
  private List<TextTask> tasks(JavaSparkContext context, Origin origin) {
    HadoopSettings settings = HadoopSettings.of(hadoop());
    var tasks = new ArrayList<TextTask>();
    origin
        .sources()
        .forEach(
            (text, files) -> {
              List<TextTask> whole =
                  TextPart.of(files, partBytes, hadoop()).stream()
                      .map(
                          part ->
                              new TextTask(part, TokenCuts.whole(text), plan.cutting(), settings))
                      .toList();
              tasks.addAll(text.equals(Origin.ALL) ? cut(context, whole) : whole);
            });
    return tasks;
  }

  /** With the cuts of each part, which follow from the tokens of all. */
  private List<TextTask> cut(JavaSparkContext context, List<TextTask> tasks) {
    List<Long> counts =
        Guarded.collect(distributed(context, tasks).map(task -> task(task).measure()));
    long total = counts.stream().mapToLong(Long::longValue).sum();
    TokenCuts cuts = TokenCuts.of(plan.splits().fractions(), total);
    var cut = new ArrayList<TextTask>();
    long before = 0;
    for (int i = 0; i < tasks.size(); i++) {
      TextTask task = tasks.get(i);
      cut.add(new TextTask(task.part(), cuts.after(before), task.cutting(), task.hadoop()));
      before += counts.get(i);
    }
    return cut;
  }

  /** Of the training split. */
  private static TokenCounts words(JavaSparkContext context, List<TextTask> tasks) {
    List<TextTask> training = tasks.stream().filter(task -> task.cuts().beginsTraining()).toList();
    var words = new TokenCounts();
    if (!training.isEmpty()) {
      JavaRDD<byte[]> parts = distributed(context, training);
      parts
          .mapPartitionsToPair(TextPreparation::words)
          .reduceByKey(Long::sum, Math.min(parts.getNumPartitions(), context.defaultParallelism()))
          .collect()
          .forEach(word -> words.add(word._1(), word._2()));
    }
    return words;
  }

  private static Iterator<Tuple2<String, Long>> words(Iterator<byte[]> tasks) {
    var counts = new TokenCounts();
    tasks.forEachRemaining(bytes -> counts.merge(task(bytes).words()));
    var pairs = new ArrayList<Tuple2<String, Long>>();
    counts.forEach((word, count) -> pairs.add(new Tuple2<>(word, count)));
    return pairs.iterator();
  }

  private static List<TextTask.Written> encode(
      JavaSparkContext context,
      List<TextTask> tasks,
      Vocabulary vocabulary,
      CorpusAssembly assembly) {
    String json = vocabulary.toJson();
    JavaRDD<byte[]> results =
        distributed(context, tasks)
            .map(
                task -> {
                  TaskContext of = TaskContext.get();
                  return TaskResult.bytes(
                      task(task)
                          .encode(
                              Vocabulary.fromJson(json),
                              assembly,
                              of.partitionId(),
                              of.taskAttemptId()));
                });
    return Guarded.collect(results).stream()
        .map(result -> TaskResult.of(result, TextTask.Written.class))
        .toList();
  }

  /** One task each, as bytes: whatever serializer the context has. */
  private static JavaRDD<byte[]> distributed(JavaSparkContext context, List<TextTask> tasks) {
    return context.parallelize(tasks.stream().map(TaskResult::bytes).toList(), tasks.size());
  }

  private static TextTask task(byte[] bytes) {
    return TaskResult.of(bytes, TextTask.class);
  }

  /** A text that grew between two passes would be cut in the wrong place. */
  private void requireUnchanged(Origin origin) {
    if (!Origin.find(plan, hadoop()).equals(origin)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "text: %s changed while it was read; prepare it again",
              origin.description()));
    }
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
