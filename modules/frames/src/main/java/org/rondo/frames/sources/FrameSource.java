package org.rondo.frames.sources;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.frames.SourcePlan;
import org.rondo.frames.formats.RowFormat;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.SourceFile;
import org.rondo.ingest.text.TextFiles;
import org.rondo.kernels.ValueException;
import org.rondo.models.Options;

/** Reads what a {@link SourcePlan} names. */
public final class FrameSource {
  private static final String TABLE = "table";
  private static final Set<String> SPARK_FILES =
      Set.of("csv", "json", "parquet", "orc", "text", SparkFormat.WHOLE_FILES);

  private final SparkSession spark;
  private final SourcePlan plan;
  private final Optional<RowFormat> format;

  /** Options with what the files of the first path have in common, and so must those of others. */
  private Options settled;

  /**
   * @throws IllegalArgumentException if the format has no such option
   */
  public FrameSource(SparkSession spark, SourcePlan plan) {
    this.spark = spark;
    this.plan = plan;
    boolean ours = RowFormat.names().contains(plan.format());
    format = ours ? Optional.of(RowFormat.named(plan.format())) : Optional.empty();
    format.ifPresent(f -> plan.options().requireKnown("format " + f.name(), f.options()));
  }

  /**
   * The rows at a path or of a table. Runs no job, but for a format whose schema Spark infers.
   *
   * @throws IngestException if there is no such thing, or the query cannot be understood
   */
  public Dataset<Row> read(String path) {
    return explained(path, () -> selected(loaded(path)));
  }

  /**
   * The files at a path, as what shows that they changed; empty where the rows are not, or not
   * only, those of files: of a table or a query.
   *
   * @throws IngestException if there is no file
   */
  public Optional<List<SourceFile>> files(String path) {
    return files(plan, path, hadoop());
  }

  /** As {@link #files(String)}, without a session. */
  public static Optional<List<SourceFile>> files(
      SourcePlan plan, String path, Configuration hadoop) {
    boolean ofFiles =
        RowFormat.names().contains(plan.format()) || SPARK_FILES.contains(plan.format());
    return ofFiles && plan.sql().isEmpty()
        ? Optional.of(TextFiles.find(path, hadoop).files())
        : Optional.empty();
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private Dataset<Row> loaded(String path) {
    if (format.isPresent()) {
      TextFiles found = TextFiles.find(path, hadoop());
      List<List<String>> groups = groups(format.get(), path, found);
      if (settled == null) {
        settled = format.get().settled(groups, plan.options(), hadoop());
      }
      return FormatFrame.of(
          spark, format.get(), settled, groups, format.get().empty(found, plan.options()));
    }
    if (plan.format().equals(TABLE)) {
      return spark.table(path);
    }
    if (SPARK_FILES.contains(plan.format())) {
      TextFiles.find(path, hadoop()); // says what is missing
    }
    return SparkFormat.load(spark, plan.format(), plan.options().values(), path);
  }

  private List<List<String>> groups(RowFormat format, String path, TextFiles found) {
    List<String> files =
        found.files().stream()
            .map(SourceFile::path)
            .filter(file -> format.reads(new Path(file), found, plan.options()))
            .toList();
    if (files.isEmpty()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: no file of %s is one that the format %s reads",
              path,
              format.name()));
    }
    return format.groups(files, plan.options());
  }

  private Dataset<Row> selected(Dataset<Row> rows) {
    if (plan.sql().isEmpty()) {
      return rows;
    }
    if (spark.sessionState().catalog().getTempView(SourcePlan.VIEW).isDefined()) {
      throw new IngestException(
          "data.sql: the session has a view \"data\" of its own; name that otherwise");
    }
    rows.createOrReplaceTempView(SourcePlan.VIEW);
    try {
      return spark.sql(plan.sql());
    } finally {
      spark.catalog().dropTempView(SourcePlan.VIEW);
    }
  }

  private Dataset<Row> explained(String path, Supplier<Dataset<Row>> reading) {
    try {
      return reading.get();
    } catch (IngestException e) {
      throw e;
    } catch (Exception e) { // Scala throws checked exceptions undeclared
      if (isUnknownFormat(e)) {
        String rule =
            String.format(
                Locale.ROOT,
                "no such format; Rondo reads %s, Spark %s, %s and those of other jars",
                RowFormat.names(),
                new TreeSet<>(SPARK_FILES),
                TABLE);
        throw new ValueException("data.format", plan.format(), rule);
      }
      if (e instanceof AnalysisException) {
        throw new IngestException(
            String.format(
                Locale.ROOT, "data: cannot read %s as %s: %s", path, plan.format(), reason(e)),
            e);
      }
      throw e;
    }
  }

  /** Messages of Spark's parser begin with an empty line. */
  private static String reason(Exception e) {
    return String.valueOf(e.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("");
  }

  private static boolean isUnknownFormat(Exception e) {
    return e.getClass().getSimpleName().equals("SparkClassNotFoundException");
  }
}
