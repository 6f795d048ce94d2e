package org.rondo.frames.prepare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.frames.rows.Rejections;
import org.rondo.frames.sources.FrameSource;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Placement;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusBuilder;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.IdPart;
import org.rondo.ingest.corpus.Origin;
import org.rondo.ingest.text.OwnFolder;
import org.rondo.ingest.text.SourceFile;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;

/**
 * Prepares the corpus of a language model from rows of data that hold a document each. Documents
 * are placed as the rows of every task are, so equal documents and equal plans give an equal
 * corpus, bit for bit, whatever the partitions of the data and the cluster. No text passes through
 * the driver: it receives the words with their counts, and the checksums of blocks.
 */
public final class CorpusPreparation {
  static final String ROLE = "text";

  private static final List<Column> ROLES = List.of(new Column(ROLE, ColumnType.TEXT, Need.ALWAYS));

  private final SparkSession spark;
  private final FramePlan plan;
  private final CorpusPlan corpus;
  private final int idsPerBlock;

  /**
   * @param plan how documents are read and placed
   * @param corpus how they become ids; with the splits of the other plan
   */
  public CorpusPreparation(SparkSession spark, FramePlan plan, CorpusPlan corpus) {
    this(spark, plan, corpus, 0);
  }

  /**
   * As above.
   *
   * @param idsPerBlock in a full block; 0 for as many as usual
   */
  CorpusPreparation(SparkSession spark, FramePlan plan, CorpusPlan corpus, int idsPerBlock) {
    this.spark = spark;
    this.plan = plan;
    this.corpus = corpus;
    this.idsPerBlock = idsPerBlock;
  }

  /**
   * The corpus of these plans, if it is prepared: in the folder or beside it. Rows that are not
   * those of files are not looked at: what was made of them last counts as theirs.
   *
   * @throws IngestException if a file is missing, or one of these folders holds a damaged corpus
   */
  public static Optional<Corpus> find(
      FramePlan plan, CorpusPlan corpus, Path folder, Configuration hadoop) {
    Map<String, List<SourceFile>> files = files(plan, hadoop);
    return files.isEmpty()
        ? Corpus.findOfRows(corpus, rows(plan), folder, hadoop)
        : CorpusBuilder.find(Origin.of(corpus, files, rows(plan), hadoop), folder, hadoop);
  }

  /** The files of all sources; none where not all rows are those of files. */
  private static Map<String, List<SourceFile>> files(FramePlan plan, Configuration hadoop) {
    var files = new TreeMap<String, List<SourceFile>>();
    plan.splits()
        .texts()
        .forEach(
            (name, path) ->
                FrameSource.files(plan.source(), path, hadoop)
                    .ifPresent(found -> files.put(name, found)));
    return files.size() == plan.splits().texts().size() ? files : Map.of();
  }

  private static String rows(FramePlan plan) {
    return Sha256.of(JsonFile.text(plan));
  }

  /**
   * Prepares what the plan's paths name. A corpus that was prepared of the same files is taken as
   * it is; rows of tables and queries are read to see whether they are the same.
   *
   * @param folder where the corpus is to be; if it holds another one, a folder beside it
   * @throws IngestException if the data cannot be used, naming places, columns and reasons
   */
  public PreparedCorpus prepare(Path folder) {
    Map<String, List<SourceFile>> files = files(plan, hadoop());
    if (!files.isEmpty()) {
      requireApart(folder, corpus, hadoop());
      Optional<Corpus> found = find(plan, corpus, folder, hadoop());
      if (found.isPresent()) {
        return PreparedCorpus.found(found.get());
      }
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (var jobs = new SparkJobs(context, SparkLimits.of(context.getConf()))) {
      return jobs.run("preparing documents", () -> prepared(context, files, folder));
    }
  }

  /** Refuses a corpus that would lie in its text, or a text that lies in it. */
  static void requireApart(Path folder, CorpusPlan plan, Configuration hadoop) {
    Path real =
        DiskFailure.worded(
            "corpus: cannot reach",
            folder,
            () -> Placement.real(folder.getFileSystem(hadoop), folder));
    new OwnFolder("corpus", real, hadoop).requireApart(plan.splits().texts().values());
  }

  private PreparedCorpus prepared(
      JavaSparkContext context, Map<String, List<SourceFile>> files, Path folder) {
    var source = new FrameSource(spark, plan.source());
    var frames = new LinkedHashMap<String, Dataset<Row>>();
    plan.splits().texts().forEach((name, path) -> frames.put(name, source.read(path)));
    var passes =
        new DocumentPasses(
            new PlacedRows(plan, ROLES).of(frames),
            new ExampleBytes(ROLES, plan.columns()),
            corpus);
    List<LookedPart> looked = passes.look();
    Rejections rejections = rejections(looked);
    Origin origin = Origin.of(corpus, sources(files, looked), rows(plan), hadoop());
    Optional<Corpus> found = CorpusBuilder.find(origin, folder, hadoop());
    if (found.isPresent()) {
      return PreparedCorpus.found(found.get());
    }
    Vocabulary vocabulary = corpus.learned(passes::words, "the documents", hadoop());
    try (var builder = CorpusBuilder.begin(origin, vocabulary, folder, idsPerBlock, hadoop())) {
      Map<String, List<IdPart>> parts = passes.encode(vocabulary, builder.assembly());
      List<Long> checksums =
          DocumentPasses.write(context, builder.blocks(parts), builder.assembly());
      return new PreparedCorpus(
          builder.commit(parts, checksums),
          false,
          documents(looked),
          rejections.count(),
          rejections.sample());
    }
  }

  private Rejections rejections(List<LookedPart> looked) {
    var rejections = new Rejections();
    for (LookedPart part : looked) {
      if (part.failure().isPresent()) {
        throw new IngestException(part.failure().get());
      }
      rejections.merge(part.rejections());
    }
    if (plan.invalidRows() == InvalidRows.REJECT) {
      rejections.refuseAny();
    }
    if (rejections.usable() == 0) {
      throw new IngestException("data: there is no row that can be used" + rejections.text());
    }
    return rejections;
  }

  /** The files or, where there are none, what stands for all rows. */
  private static Map<String, List<SourceFile>> sources(
      Map<String, List<SourceFile>> files, List<LookedPart> looked) {
    if (!files.isEmpty()) {
      return files;
    }
    String digest = Sha256.of(String.join(" ", looked.stream().map(LookedPart::digest).toList()));
    return Map.of("all", List.of(new SourceFile("rows with sha256 " + digest, 0, 0)));
  }

  private static Map<String, Long> documents(List<LookedPart> looked) {
    var documents = new TreeMap<String, Long>();
    looked.forEach(
        part -> part.usable().forEach((split, n) -> documents.merge(split, n, Long::sum)));
    return documents;
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
