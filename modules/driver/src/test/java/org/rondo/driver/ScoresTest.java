package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.LossMetric;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Score;
import org.rondo.evaluation.Scores;
import org.rondo.evaluation.metrics.ConfusionMatrix;
import org.rondo.evaluation.metrics.TokenAccuracy;
import org.rondo.ingest.Split;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.ingest.sequences.SequencePart;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.sequences.SequenceWriter;
import org.rondo.models.HeadSpec;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.testkit.Seeds;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.Evaluated;
import org.rondo.training.storage.Storage;

/** Runs whose best parameters another metric than the loss decides. */
class ScoresTest {
  private static final int IDS = 5;
  private static final List<Metric> METRICS =
      List.of(
          new TokenAccuracy(),
          new ConfusionMatrix(List.of("a", "b", "c", "d", "e")),
          LossMetric.LOSS);

  @TempDir private Path folder;
  private final List<TrainingEvent> events = new ArrayList<>();
  private TrainingPlan plan;
  private TrainingJob job;

  @BeforeEach
  void write() {
    plan =
        TinyRun.plan(2)
            .with(p -> p.rounds(8).minibatches(20).evaluateEvery(1).optimizer("adam", 0.02));
    var network =
        new NetworkSpec(
            List.of(new Embedding(IDS, 4), new Recurrent(CellSpec.of("lstm", 6))),
            new HeadSpec("tagger", IDS));
    SequenceShape shape = SequenceShape.of(network);
    SequenceFolder sequences =
        SequenceFolder.of(
            new org.apache.hadoop.fs.Path(folder.resolve("sequences").toUri()),
            new Configuration());
    sequences.commit(
        shape,
        Map.of(
            Split.TRAIN, List.of(write(sequences, shape, Split.TRAIN, 40)),
            Split.VALIDATION, List.of(write(sequences, shape, Split.VALIDATION, 9))));
    job = new TrainingJob(network, plan, sequences, METRICS);
  }

  /** Each step's tag is the id of the step before. */
  private static SequencePart write(
      SequenceFolder folder, SequenceShape shape, String split, int count) {
    int[] lengths = Seeds.numbers(split + " lengths", count, 12);
    try (SequenceWriter writer = folder.writer(shape, split, 0, 0)) {
      for (int i = 0; i < count; i++) {
        int[] ids = Seeds.numbers(split + i, lengths[i] + 1, IDS);
        var tags = new int[ids.length];
        System.arraycopy(ids, 0, tags, 1, ids.length - 1);
        writer.add(Sequence.tagged(ids, tags));
      }
      return writer.finish();
    }
  }

  private TrainingResult train(Carrier carrier, String output) {
    return new DistributedTrainer(carrier, output(output), events::add, () -> false).train();
  }

  private Storage output(String name) {
    return Storage.of(
        new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()), new Configuration());
  }

  @Test
  void sparkGivesTheScoresOfThreadsBitForBit() {
    float[] parameters = Network.initialParameters(job.network(), 5);
    Scores threads;
    try (Carrier carrier = new ThreadCarrier(job)) {
      threads = carrier.evaluate(Split.VALIDATION, parameters);
    }
    SparkConf conf =
        EmbeddedSpark.conf("local[2]")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    try (var spark = new JavaSparkContext(conf);
        Carrier carrier = new SparkCarrier(spark, job, output("states"))) {
      assertThat(carrier.evaluate(Split.VALIDATION, parameters)).isEqualTo(threads);
    }
    assertThat(threads.all())
        .extracting(Score::name)
        .containsExactly("token-accuracy", "error-rate", "loss");
    double counted =
        threads.details().get("error-rate").values().stream().mapToDouble(c -> c).sum();
    assertThat(counted).isEqualTo((double) threads.targets());
    assertThat(threads.all().get(2).value()).isEqualTo(threads.loss());
  }

  @Test
  void theFirstMetricDecidesAndTheHighestValueIsBest() {
    TrainingResult result;
    try (Carrier carrier = new ThreadCarrier(job)) {
      result = train(carrier, "accuracy");
    }
    List<Evaluated> evaluations =
        events.stream().filter(Evaluated.class::isInstance).map(Evaluated.class::cast).toList();
    double highest =
        evaluations.stream().mapToDouble(e -> e.value("token-accuracy")).max().orElseThrow();

    assertThat(highest).isGreaterThan(evaluations.get(0).value("token-accuracy"));
    assertThat(result.scores().get(0)).isEqualTo(new Score("token-accuracy", highest, true));
    assertThat(result.shown().name()).isEqualTo("token-accuracy");
    assertThat(result.perplexity()).isNaN();
    for (Evaluated each : evaluations) {
      assertThat(each.details().isEmpty()).as("round %d", each.round()).isEqualTo(!each.best());
    }
    Checkpoint best =
        Checkpoint.open(
            new org.apache.hadoop.fs.Path(result.bestCheckpoint().orElseThrow()),
            new Configuration());
    try (Carrier carrier = new ThreadCarrier(job)) {
      assertThat(carrier.evaluate(Split.VALIDATION, best.parameters()).all())
          .isEqualTo(result.scores());
    }
  }

  @Test
  void theMetricOfThePlanIsPutFirst() {
    var byLoss =
        new TrainingJob(
            job.network(),
            plan.with(p -> p.evaluation(plan.evaluation().withMetric("loss"))),
            job.dataset(),
            METRICS);

    assertThat(byLoss.metrics())
        .extracting(Metric::name)
        .containsExactly("loss", "token-accuracy", "error-rate");
    assertThatThrownBy(
            () ->
                new TrainingJob(
                    job.network(),
                    plan.with(p -> p.evaluation(plan.evaluation().withMetric("accuracy"))),
                    job.dataset(),
                    METRICS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "evaluate.metric = accuracy: no such metric of this task; there are [token-accuracy, error-rate, loss]");
  }
}
