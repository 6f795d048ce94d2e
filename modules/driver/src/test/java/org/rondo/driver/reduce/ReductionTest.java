package org.rondo.driver.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.driver.EmbeddedSpark;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.Bfloat16;
import org.rondo.kernels.CounterRandom;
import org.rondo.training.RoundResult;
import org.rondo.training.WorkerReport;
import org.rondo.training.storage.FloatArrays;
import org.rondo.training.sync.Averaging;
import org.rondo.training.sync.ReductionSizes;
import org.rondo.training.sync.WireFormat;

/** With either of Spark's serializers, since Kryo restores less than Java's. */
@ParameterizedClass
@ValueSource(strings = {"JavaSerializer", "KryoSerializer"})
class ReductionTest {
  private static JavaSparkContext spark;

  @BeforeParameterizedClassInvocation
  static void start(String serializer) {
    spark =
        new JavaSparkContext(
            EmbeddedSpark.conf("local[2]")
                .set("spark.serializer", "org.apache.spark.serializer." + serializer));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    spark.close();
  }

  ReductionTest(String serializer) {
    assertThat(spark.getConf().get("spark.serializer")).endsWith(serializer);
  }

  /** Lengths below, at and just above the 16 chunks, and one that they do not divide. */
  @ParameterizedTest(name = "{0} shards of {1} values")
  @CsvSource({"1, 1", "1, 1000", "2, 15", "3, 16", "3, 17", "8, 12345", "16, 1000"})
  void everyWayGivesTheBitsOfTheMeanInShardOrder(int shards, int length) {
    String mean = FloatArrays.sha256(Averaging.mean(vectors(shards, length), tokens(shards)));

    for (Reduction way :
        List.of(
            new DirectCollect(shards),
            new ChunkedShuffle(shards, length, WireFormat.FLOAT32, 1),
            new ChunkedShuffle(shards, length, WireFormat.FLOAT32, 3))) {
      RoundResult result = way.reduce(inAnyOrder(shards, length));
      assertThat(FloatArrays.sha256(result.mean())).as("%s", way).isEqualTo(mean);
      assertThat(result.reports())
          .extracting(WorkerReport::tokens)
          .containsExactlyElementsOf(LongStream.of(tokens(shards)).boxed().toList());
    }
  }

  @Test
  void whatTheDriverTakesInDecidesTheWay() {
    int million = 1 << 20;

    assertThat(way(16, million, WireFormat.FLOAT32)).isInstanceOf(DirectCollect.class);
    assertThat(way(17, million, WireFormat.FLOAT32)).isInstanceOf(ChunkedShuffle.class);
    assertThat(way(17, million, WireFormat.BFLOAT16)).isInstanceOf(DirectCollect.class);
    assertThat(way(2, 20 * million, WireFormat.FLOAT32)).isInstanceOf(ChunkedShuffle.class);
    assertThat(way(1, 20 * million, WireFormat.FLOAT32))
        .as("one model anyway")
        .isInstanceOf(DirectCollect.class);
    assertThat(way(1, 600 * million, WireFormat.FLOAT32))
        .as("more than an array of bytes")
        .isInstanceOf(ChunkedShuffle.class);
    assertThat(way(1000, 500 * million, WireFormat.FLOAT32)).isInstanceOf(ChunkedShuffle.class);
  }

  private static Reduction way(int shards, int length, WireFormat wire) {
    return Reduction.of(shards, length, wire, 2, SparkLimits.of(spark.getConf()));
  }

  @Test
  void valuesThatBfloat16HoldsTravelInItUnchanged() {
    List<float[]> vectors = vectors(3, 100);
    vectors.forEach(ReductionTest::round);
    String mean = FloatArrays.sha256(Averaging.mean(vectors, tokens(3)));

    for (Reduction way :
        List.of(new DirectCollect(3), new ChunkedShuffle(3, 100, WireFormat.BFLOAT16, 2))) {
      RoundResult result = way.reduce(inAnyOrder(vectors, WireFormat.BFLOAT16));
      assertThat(FloatArrays.sha256(result.mean())).as("%s", way).isEqualTo(mean);
    }
  }

  private static void round(float[] vector) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] = Bfloat16.widen(Bfloat16.round(vector[i]));
    }
  }

  @Test
  void aReducerHoldsABoundedChunkOfAllShards() {
    int million = 1 << 20;

    assertThat(ReductionSizes.chunks(17, million)).isEqualTo(16);
    assertThat(ReductionSizes.chunks(1024, 16L * million)).as("of 64 GiB").isEqualTo(1024);
    assertThat(ReductionSizes.chunks(100_000, 10)).as("no more than values").isEqualTo(10);
    assertThat(ReductionSizes.chunks(100_000, 2_000_000_000L)).isEqualTo(11_920_929);
  }

  @Test
  void reducersTakeTurnsWhereOneWouldHoldTooMuch() {
    long gibibyte = 1L << 30;

    assertThat(ReductionSizes.reducers(gibibyte / 4, 16, 2)).as("128 MiB each").isEqualTo(2);
    assertThat(ReductionSizes.reducers(gibibyte / 4 + 1, 16, 2)).as("turns are full").isEqualTo(4);
    assertThat(ReductionSizes.reducers(7 * gibibyte / 8, 16, 7)).as("whole chunks").isEqualTo(14);
    assertThat(ReductionSizes.reducers(gibibyte, 16, 100)).as("no more than chunks").isEqualTo(16);
    assertThat(ReductionSizes.reducers(5 * gibibyte, 80, 2)).isEqualTo(40);
    assertThat(ReductionSizes.reducers(0, 16, 3)).isEqualTo(3);
  }

  @Test
  void missingShardIsAnErrorNotAnotherMean() {
    JavaRDD<Contribution> two = inAnyOrder(2, 40);

    assertThatThrownBy(() -> new DirectCollect(3).reduce(two))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("reduce: 2 contributions of 3 shards");
    assertThatThrownBy(() -> new ChunkedShuffle(3, 40, WireFormat.FLOAT32, 2).reduce(two))
        .isInstanceOf(SparkException.class)
        .hasStackTraceContaining("reduce: 2 contributions of 3 shards");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shardsWithoutTargetsHaveNoMean(boolean handsIn) {
    float[] values = handsIn ? new float[40] : new float[0];
    var contributions = new ArrayList<Contribution>();
    for (int shard = 0; shard < 2; shard++) {
      var report = new WorkerReport(shard);
      report.addMinibatch(0, 0, 0, false);
      contributions.add(new Contribution(report, values, WireFormat.FLOAT32));
    }
    for (Reduction way :
        List.of(new DirectCollect(2), new ChunkedShuffle(2, 40, WireFormat.FLOAT32, 2))) {
      RoundResult result = way.reduce(spark.parallelize(contributions, 2));
      assertThat(result.mean()).as("%s", way).isEmpty();
      assertThat(result.reports()).hasSize(2);
    }
  }

  @Test
  void failureThatNoFurtherTryRemovesIsHandedOnAsItIs() {
    JavaRDD<Contribution> failing =
        inAnyOrder(2, 40)
            .map(
                contribution -> {
                  throw new IngestException("block-7 is damaged");
                });
    for (Reduction way :
        List.of(new DirectCollect(2), new ChunkedShuffle(2, 40, WireFormat.FLOAT32, 2))) {
      assertThatThrownBy(() -> way.reduce(failing))
          .as("%s", way)
          .isInstanceOf(IngestException.class)
          .hasMessage("block-7 is damaged");
    }
  }

  private static JavaRDD<Contribution> inAnyOrder(int shards, int length) {
    return inAnyOrder(vectors(shards, length), WireFormat.FLOAT32);
  }

  private static JavaRDD<Contribution> inAnyOrder(List<float[]> vectors, WireFormat wire) {
    int shards = vectors.size();
    var contributions = new ArrayList<Contribution>();
    for (int shard = 0; shard < shards; shard++) {
      var report = new WorkerReport(shard);
      report.addMinibatch(1, tokens(shards)[shard], 1, false);
      contributions.add(new Contribution(report, vectors.get(shard), wire));
    }
    Collections.reverse(contributions);
    return spark.parallelize(contributions, shards);
  }

  /** Shards that learned from different amounts of text. */
  private static long[] tokens(int shards) {
    return LongStream.rangeClosed(1, shards).map(shard -> 7 * shard).toArray();
  }

  /** Values of very different size, whose sum depends on the order of addition. */
  private static List<float[]> vectors(int shards, int length) {
    var vectors = new ArrayList<float[]>();
    for (int shard = 0; shard < shards; shard++) {
      CounterRandom random = CounterRandom.of(shard);
      var vector = new float[length];
      for (int i = 0; i < length; i++) {
        vector[i] = (float) ((random.uniform(i) - 0.5) * Math.pow(10, 30 * random.uniform(-i - 1)));
      }
      vectors.add(vector);
    }
    return vectors;
  }
}
