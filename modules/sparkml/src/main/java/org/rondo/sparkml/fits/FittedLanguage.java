package org.rondo.sparkml.fits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.evaluation.GenerationPlan;
import org.rondo.evaluation.Generator;
import org.rondo.frames.predict.ShippedNetwork;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.Network;
import org.rondo.sparkml.columns.LossColumns;
import org.rondo.sparkml.columns.RefusedRows;
import org.rondo.sparkml.columns.ScoredTexts;
import org.rondo.sparkml.files.FitFiles;
import org.rondo.tasks.TextScorer;
import org.rondo.training.ProcessMemory;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.checkpoint.TrainedNetwork;
import org.rondo.training.workspace.KernelPlan;

/** What the fit of a language model came to. */
public final class FittedLanguage implements Fitted {
  private static final int VERSION = 1;

  /**
   * What stands beside the checkpoint, see {@link FitFiles}.
   *
   * @param precision of matrix products, as the estimator had it
   */
  public record Contents(int version, String precision, TrainingSummary summary) {}

  private final TrainedNetwork network;
  private final Contents contents;
  private final Vocabulary vocabulary;

  /** The last one, since it is asked for by every transform. */
  private ShippedNetwork shipped;

  private SparkSession session;

  private FittedLanguage(TrainedNetwork network, Contents contents) {
    this.network = network;
    this.contents = contents;
    vocabulary = Vocabulary.fromJson(network.text(Checkpoint.VOCABULARY));
  }

  public static FittedLanguage of(
      TrainedNetwork network, String precision, TrainingSummary summary) {
    return new FittedLanguage(network, new Contents(VERSION, precision, summary));
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "language model of %,d tokens", vocabulary.size());
  }

  @Override
  public TrainingSummary summary() {
    return contents.summary();
  }

  public String[] tokens() {
    return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::token).toArray(String[]::new);
  }

  /** Losses are to be the same on machines that have no bfloat16. */
  private KernelPlan kernels() {
    return KernelPlan.of(contents.precision()).decided(false);
  }

  /** The rows with the losses of their texts; no row is looked at before it is asked for. */
  public Dataset<Row> scored(Dataset<Row> rows, LossColumns columns, int batch) {
    ShippedNetwork sent = shipped(rows.sparkSession());
    String tokens = vocabulary.toJson();
    MapPartitionsFunction<Row, Row> scoring =
        part ->
            new ScoredTexts(
                part,
                columns,
                sent.open(
                    "scoring",
                    (spec, parameters, kernels, precision) ->
                        new TextScorer(
                            Vocabulary.fromJson(tokens),
                            spec,
                            parameters,
                            kernels,
                            precision,
                            batch),
                    TextScorer::close));
    return rows.mapPartitions(scoring, Encoders.row(columns.schema()));
  }

  public TextPredictor byText(SparkSession spark) {
    return new TextPredictor(shipped(spark), vocabulary);
  }

  private synchronized ShippedNetwork shipped(SparkSession spark) {
    if (shipped == null || !spark.equals(session)) {
      RefusedRows.endJobs(spark.sparkContext());
      var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      shipped =
          new ShippedNetwork(network.network(), kernels(), context.broadcast(network.parameters()));
      session = spark;
    }
    return shipped;
  }

  /** A prompt and what the network adds to it. */
  public String generate(String prompt, GenerationPlan plan) {
    ProcessMemory.requireGeneration(network.network());
    KernelPlan kernels = kernels();
    try (Network opened =
        Network.forEvaluation(network.network(), kernels.choose(), kernels.elementType(), 1, 1)) {
      opened.parameters().set(network.parameters());
      opened.parametersChanged();
      return new Generator(opened, vocabulary).generate(prompt, plan);
    }
  }

  @Override
  public void write(Path folder, Configuration hadoop) throws IOException {
    FitFiles.write(folder, hadoop, network, contents);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws org.rondo.training.storage.CheckpointException if it is damaged, or of a later version
   */
  public static FittedLanguage read(Path folder, Configuration hadoop) {
    Contents contents = FitFiles.contents(folder, hadoop, FittedLanguage::contents);
    return new FittedLanguage(TrainedNetwork.of(FitFiles.checkpoint(folder, hadoop)), contents);
  }

  private static Contents contents(ObjectNode object) throws JsonProcessingException {
    JsonFile.requireVersion(object, "fit", VERSION);
    return JsonFile.value(object, Contents.class);
  }
}
