package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.ingest.sequences.SequencePart;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.sequences.SequenceWriter;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;
import org.rondo.testkit.Seeds;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.SyncPlan;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Training on prepared sequences instead of text. */
class SequenceTrainingTest {
  private static final int SHARDS = 3;

  @TempDir private Path folder;
  private final TrainingPlan plan = TinyRun.plan(SHARDS).with(p -> p.buckets(1));

  private SequenceFolder write(
      SequenceShape shape, List<Sequence> training, List<Sequence> validation) {
    return write("sequences", shape, training, validation);
  }

  private SequenceFolder write(
      String name, SequenceShape shape, List<Sequence> training, List<Sequence> validation) {
    var place = new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
    SequenceFolder written = SequenceFolder.of(place, new Configuration());
    written.commit(
        shape,
        Map.of(
            Split.TRAIN, List.of(write(written, shape, Split.TRAIN, training)),
            Split.VALIDATION, List.of(write(written, shape, Split.VALIDATION, validation))));
    return written;
  }

  private static SequencePart write(
      SequenceFolder folder, SequenceShape shape, String split, List<Sequence> sequences) {
    try (SequenceWriter writer = folder.writer(shape, split, 0, 0)) {
      sequences.forEach(writer::add);
      return writer.finish();
    }
  }

  private Storage output(String name) {
    return Storage.of(
        new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()), new Configuration());
  }

  private TrainingResult onThreads(TrainingJob job, String output) {
    try (Carrier carrier = new ThreadCarrier(job)) {
      return train(carrier, output);
    }
  }

  private TrainingResult train(Carrier carrier, String output) {
    return new DistributedTrainer(carrier, output(output), TrainingListener.NONE, () -> false)
        .train();
  }

  /** A text that is written down as the sequences that its streams are gives the bits of itself. */
  @Test
  void theStreamsOfATextAsSequencesGiveTheBitsOfTheText() {
    var run = new TinyRun(folder);
    TrainingResult expected = run.onThreads(plan, "text");
    NetworkSpec network = run.job(plan).network();
    SequenceFolder sequences =
        write(
            SequenceShape.of(network),
            streams(run.corpus(), Split.TRAIN, SHARDS * plan.rounds().batch(), false),
            streams(run.corpus(), Split.VALIDATION, plan.evaluation().streams(), true));

    TrainingResult result = onThreads(new TrainingJob(network, plan, sequences), "sequences-run");

    assertThat(result.tokens()).isEqualTo(expected.tokens());
    assertThat(result.validationLoss()).isEqualTo(expected.validationLoss());
    assertThat(result.parametersSha256()).isEqualTo(expected.parametersSha256());
  }

  /**
   * @param all whether what does not go into equal streams makes the first ones longer by a token
   */
  private static List<Sequence> streams(Corpus corpus, String split, int count, boolean all) {
    int[] ids = corpus.read(split, 0, (int) corpus.tokens(split));
    var streams = new ArrayList<Sequence>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      int rest = all && i < (ids.length - 1) % count ? 1 : 0;
      int to = from + (ids.length - 1) / count + rest;
      int[] targets = Arrays.copyOfRange(ids, from + 1, to + 1);
      streams.add(Sequence.tagged(Arrays.copyOfRange(ids, from, to), targets));
      from = to;
    }
    return streams;
  }

  /** Of 1 to 15 steps, where six are a minibatch: values, and their running means as targets. */
  private TrainingJob ofValues(DataOrder order, int buckets) {
    return ofValues("sequences", order, buckets);
  }

  private TrainingJob ofValues(String name, DataOrder order, int buckets) {
    TrainingPlan read = plan.with(p -> p.order(order).buckets(buckets));
    var network =
        new NetworkSpec(
            List.of(
                new Values(2),
                new Dense(6, "tanh"),
                new Recurrent(CellSpec.of("lstm", 8)),
                new Dropout(0.1)),
            new HeadSpec("regression", 2));
    SequenceFolder sequences =
        write(name, SequenceShape.of(network), random("training", 50), random("validation", 7));
    return new TrainingJob(network, read, sequences);
  }

  private static List<Sequence> random(String name, int count) {
    int[] lengths = Seeds.numbers(name + " lengths", count, 15);
    var sequences = new ArrayList<Sequence>();
    for (int i = 0; i < count; i++) {
      float[] values = Seeds.uniform(name + i, 2 * (lengths[i] + 1), 1f);
      float[] means = values.clone();
      for (int at = 2; at < means.length; at++) {
        int before = at / 2;
        means[at] = (means[at - 2] * before + values[at]) / (before + 1);
      }
      var counts = new boolean[lengths[i] + 1];
      Arrays.fill(counts, true);
      sequences.add(Sequence.ofValues(values, 2).withStepValues(means, counts));
    }
    return sequences;
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,512]"})
  void executorsGiveTheBitsOfThreadsAndTheLossFalls(String master) {
    try (JavaSparkContext spark = EmbeddedSpark.start(master)) {
      Map.of(DataOrder.CONTIGUOUS, 1, DataOrder.SHUFFLED, 3)
          .forEach(
              (order, buckets) -> {
                String name = order.toString();
                TrainingJob job = ofValues(name, order, buckets);
                TrainingResult threads = onThreads(job, name + "-threads");
                TrainingPlan once = job.plan().with(p -> p.rounds(1));
                TrainingResult first =
                    onThreads(new TrainingJob(job.network(), once, job.dataset()), name + "-first");
                assertThat(threads.validationLoss()).isLessThan(0.8 * first.validationLoss());

                TrainingResult result;
                try (Carrier carrier =
                    new SparkCarrier(spark, job, output(name).folder("states"))) {
                  result = train(carrier, name);
                }
                assertThat(result.parametersSha256()).isEqualTo(threads.parametersSha256());
                assertThat(result.validationLoss()).isEqualTo(threads.validationLoss());
              });
    }
  }

  @ParameterizedTest(name = "{0}, {1} buckets")
  @CsvSource({"CONTIGUOUS, 1", "CONTIGUOUS, 3", "SHUFFLED, 1", "SHUFFLED, 3"})
  void aRunThatIsResumedGivesTheBitsOfOneThatNeverStopped(DataOrder order, int buckets) {
    TrainingJob job = ofValues(order, buckets);
    TrainingResult whole = onThreads(job, "whole");
    var stopped = new int[1];
    try (Carrier carrier = new ThreadCarrier(job)) {
      var trainer =
          new DistributedTrainer(
              carrier, output("parts"), TrainingListener.NONE, () -> ++stopped[0] == 4);
      assertThat(trainer.train().interrupted()).isTrue();
    }
    try (Carrier carrier = new ThreadCarrier(job)) {
      var trainer =
          new DistributedTrainer(carrier, output("parts"), TrainingListener.NONE, () -> false);
      assertThat(trainer.resume().parametersSha256()).isEqualTo(whole.parametersSha256());
    }
  }

  @Test
  void aRunThatIsResumedWithOtherLengthsOfMinibatchesIsRefused() {
    TrainingJob job = ofValues(DataOrder.SHUFFLED, 3);
    try (Carrier carrier = new ThreadCarrier(job)) {
      new DistributedTrainer(carrier, output("three"), TrainingListener.NONE, () -> true).train();
    }
    var other = new TrainingJob(job.network(), job.plan().with(p -> p.buckets(1)), job.dataset());
    try (Carrier carrier = new ThreadCarrier(other)) {
      var trainer =
          new DistributedTrainer(carrier, output("three"), TrainingListener.NONE, () -> false);
      assertThatThrownBy(trainer::resume).hasMessageContaining("data.buckets");
    }
  }

  /** Spark keeps shards by its serializer where memory is short, and many jobs set Kryo. */
  @ParameterizedTest(name = "{0} numbers in memory")
  @ValueSource(longs = {20, 1 << 20})
  void shardsTravelThroughKryo(long memory) {
    TrainingJob job = ofValues(DataOrder.SHUFFLED, 3);
    var cut = new ShardPlan(Split.TRAIN, DataOrder.SHUFFLED, 2, 4, 6, 3, memory);
    Shard shard = job.dataset().open().shard(cut, 1, 9);
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    ClassTag<Shard> type = ClassTag$.MODULE$.apply(Shard.class);
    Shard copy = kryo.deserialize(kryo.serialize(shard, type), type);
    for (long number = 0; number < 2 * shard.minibatches(); number++) {
      var expected = new Minibatch(shard.steps(number), 4, 0, 2, 2, 0);
      var read = new Minibatch(copy.steps(number), 4, 0, 2, 2, 0);
      shard.reader().fill(expected, number);
      copy.reader().fill(read, number);
      assertThat(read.values()).isEqualTo(expected.values());
      assertThat(read.valueTargets()).isEqualTo(expected.valueTargets());
    }
  }

  /** Of three minibatches of a group of sequences, the last one alone has targets. */
  @Test
  void roundsBeforeTheOnlyTargetOfLongSequencesTakeNoStepAndCountAfterResumingToo() {
    var network =
        new NetworkSpec(
            List.of(new Values(1), new Recurrent(CellSpec.of("lstm", 4))),
            new HeadSpec("regression", 1));
    var sequences = new ArrayList<Sequence>();
    for (int i = 0; i < 24; i++) {
      float[] values = Seeds.uniform("long" + i, 3 * plan.rounds().unroll(), 1f);
      var counts = new boolean[values.length];
      counts[values.length - 1] = true;
      sequences.add(Sequence.ofValues(values, 1).withStepValues(new float[values.length], counts));
    }
    TrainingPlan single =
        plan.with(p -> p.sync(SyncPlan.of("gradient", SHARDS)).rounds(6).minibatches(1));
    var job =
        new TrainingJob(
            network, single, write(SequenceShape.of(network), sequences, sequences.subList(0, 8)));
    var asked = new int[1];

    TrainingResult whole = onThreads(job, "idle");
    try (Carrier carrier = new ThreadCarrier(job)) {
      new DistributedTrainer(
              carrier, output("idle-parts"), TrainingListener.NONE, () -> ++asked[0] == 4)
          .train();
    }
    try (Carrier carrier = new ThreadCarrier(job)) {
      TrainingResult resumed =
          new DistributedTrainer(carrier, output("idle-parts"), TrainingListener.NONE, () -> false)
              .resume();
      assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
    }
    assertThat(whole.tokens()).as("two steps of one target per sequence").isEqualTo(2 * 24 / 2);
  }

  @Test
  void aNetworkThatTakesOtherInputsIsRefusedBeforeTraining() {
    TrainingJob job = ofValues(DataOrder.CONTIGUOUS, 1);
    var other =
        new TrainingJob(RecurrentStack.languageModel(9, "lstm", 1, 4, 0), plan, job.dataset());
    assertThatThrownBy(() -> onThreads(other, "other"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("2 values as inputs and 2 values as targets, the network takes ids")
        .hasMessageContaining("ids below 9 as inputs and classes below 9 as targets");
  }
}
