package org.rondo.ingest.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
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
import org.rondo.ingest.Texts;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Minibatch;

/** Epochs over sequences of many lengths: their order, their shapes, and how they are read. */
class SequenceOrderTest {
  private static final SequenceShape SHAPE = new SequenceShape(List.of(300), 0, 2, 0);
  private static final int COUNT = 203;
  private static final int BATCH = 8;
  private static final int SHARDS = 2;
  private static final long MANY = 1 << 20;

  @TempDir private Path temp;

  /** Sequence n holds n in every step; many are short, few are long. */
  private final int[] lengths =
      IntStream.range(0, COUNT)
          .map(i -> (int) (60 * Math.pow(CounterRandom.of(1).uniform(i), 3)))
          .toArray();

  private Sequences sequences;

  @BeforeEach
  void write() {
    var folder = SequenceFolder.of(Texts.hadoop(temp.resolve("sequences")), Texts.HADOOP);
    var parts = new ArrayList<SequencePart>();
    for (int part = 0; part < 5; part++) {
      try (SequenceWriter writer = folder.writer(SHAPE, Split.TRAIN, part, 0)) {
        for (int n = COUNT * part / 5; n < COUNT * (part + 1) / 5; n++) {
          var ids = new int[lengths[n]];
          Arrays.fill(ids, n);
          writer.add(Sequence.labelled(ids, n % 2));
        }
        parts.add(writer.finish());
      }
    }
    sequences = folder.commit(SHAPE, Map.of(Split.TRAIN, parts));
  }

  private static ShardPlan plan(DataOrder order, int unroll, int buckets, long memory) {
    return new ShardPlan(Split.TRAIN, order, SHARDS, BATCH, unroll, buckets, memory);
  }

  /** Inputs, targets and lengths of minibatches {@code from ..< to}. */
  private static List<List<Integer>> read(Shard shard, long from, long to) {
    var all = new ArrayList<List<Integer>>();
    Shard.Reader reader = shard.reader();
    for (long number = from; number < to; number++) {
      var minibatch = new Minibatch(shard.steps(number), BATCH);
      Arrays.fill(minibatch.inputs(), 9);
      reader.fill(minibatch, number);
      var content = new ArrayList<Integer>();
      content.add(shard.startsSequence(number) ? 1 : 0);
      Arrays.stream(minibatch.lengths()).forEach(content::add);
      Arrays.stream(minibatch.inputs()).forEach(content::add);
      Arrays.stream(minibatch.targets()).forEach(content::add);
      all.add(content);
    }
    return all;
  }

  @ParameterizedTest(name = "{0}, unroll {1}, {2} buckets")
  @CsvSource({
    "SHUFFLED, 60, 4",
    "SHUFFLED, 60, 1",
    "SHUFFLED, 16, 3",
    "SHUFFLED, 7, 1",
    "CONTIGUOUS, 60, 4",
    "CONTIGUOUS, 16, 4",
    "CONTIGUOUS, 16, 1"
  })
  void everyStepIsReadOnceInEveryEpoch(DataOrder order, int unroll, int buckets) {
    ShardPlan plan = plan(order, unroll, buckets, MANY);
    for (long epoch = 0; epoch < 3; epoch++) {
      var steps = new int[COUNT];
      var targets = new int[COUNT];
      for (int s = 0; s < SHARDS; s++) {
        Shard shard = sequences.shard(plan, s, 5);
        var minibatches = shard.minibatches();
        for (long number = epoch * minibatches; number < (epoch + 1) * minibatches; number++) {
          assertThat(sequences.steps(plan)).contains(shard.steps(number));
          var minibatch = new Minibatch(shard.steps(number), BATCH);
          shard.reader().fill(minibatch, number);
          for (int row = 0; row < minibatch.steps() * BATCH; row++) {
            if (row / BATCH < minibatch.lengths()[row % BATCH]) {
              steps[minibatch.inputs()[row]]++;
            }
            if (minibatch.targets()[row] >= 0) {
              targets[minibatch.inputs()[row]]++;
            }
          }
        }
      }
      assertThat(steps).isEqualTo(lengths);
      assertThat(targets).isEqualTo(Arrays.stream(lengths).map(l -> Math.min(l, 1)).toArray());
    }
  }

  @Test
  void orderIsDrawnFromSeedShardAndEpoch() {
    ShardPlan plan = plan(DataOrder.SHUFFLED, 60, 4, MANY);
    Shard shard = sequences.shard(plan, 0, 5);
    long n = shard.minibatches();
    var orders = new HashSet<List<List<Integer>>>();
    for (long epoch = 0; epoch < 4; epoch++) {
      orders.add(read(shard, epoch * n, (epoch + 1) * n));
    }
    orders.add(read(sequences.shard(plan, 0, 6), 0, n));
    assertThat(orders).hasSize(5);
    List<List<Integer>> straight = read(shard, 0, 3 * n);
    for (long from : new long[] {2 * n + 3, n - 1, 1}) {
      assertThat(read(sequences.shard(plan, 0, 5), from, 3 * n))
          .as("a task that begins at %d", from)
          .isEqualTo(straight.subList((int) from, (int) (3 * n)));
    }
  }

  @Test
  void withoutBucketsEverySequenceMayStandAnywhere() {
    Shard shard = sequences.shard(plan(DataOrder.SHUFFLED, 60, 1, MANY), 0, 5);
    var neighbours = new HashSet<Integer>();
    for (long epoch = 0; epoch < 40; epoch++) {
      for (long i = 0; i < shard.minibatches(); i++) {
        var minibatch = new Minibatch(60, BATCH);
        shard.reader().fill(minibatch, epoch * shard.minibatches() + i);
        List<Integer> rows = Arrays.stream(minibatch.inputs()).limit(BATCH).boxed().toList();
        if (rows.contains(1)) {
          neighbours.addAll(rows);
        }
      }
    }
    assertThat(neighbours).hasSizeGreaterThan(60);
  }

  @Test
  void evaluationReadsTheSameOrderAgainAndAgain() {
    Shard part = sequences.part(plan(DataOrder.SHUFFLED, 16, 3, MANY), 1);
    long n = part.minibatches();
    assertThat(read(part, 0, n)).isEqualTo(read(part, n, 2 * n));
  }

  /** 3 and 3 steps in minibatches of 3, 4 and 6 in minibatches of 6, of 18 steps 16 are used. */
  @Test
  void theShareOfPaddingIsToldBeforeTheJob() {
    var folder = SequenceFolder.of(Texts.hadoop(temp.resolve("few")), Texts.HADOOP);
    try (SequenceWriter writer = folder.writer(SHAPE, Split.TRAIN, 0, 0)) {
      for (int length : new int[] {3, 4, 3, 6}) {
        writer.add(Sequence.labelled(new int[length], 1));
      }
      Sequences few = folder.commit(SHAPE, Map.of(Split.TRAIN, List.of(writer.finish())));
      assertThat(few.deal(plan(DataOrder.SHUFFLED, 60, 2, MANY)).remarks())
          .containsExactly(
              "minibatches have 3, 6 steps (data.buckets = 2); 11% of these are padding");
      assertThat(few.deal(plan(DataOrder.CONTIGUOUS, 60, 2, MANY)).remarks()).isEmpty();
    }
  }

  @Test
  void fewBucketsAreEnoughForLittlePadding() {
    assertThat(padding(1)).isGreaterThan(0.7);
    assertThat(padding(4)).isLessThan(0.35);
    assertThat(padding(8)).isLessThan(0.25);
  }

  private double padding(int buckets) {
    ShardPlan plan = plan(DataOrder.SHUFFLED, 60, buckets, MANY);
    double all = 0;
    for (int s = 0; s < SHARDS; s++) {
      Shard shard = sequences.shard(plan, s, 5);
      for (long number = 0; number < shard.minibatches(); number++) {
        all += shard.steps(number) * BATCH;
      }
    }
    return 1 - Arrays.stream(lengths).sum() / all;
  }

  @ParameterizedTest(name = "{0} numbers in memory")
  @ValueSource(longs = {1, 30, 200, 500})
  void sequencesThatStayInTheirPartsGiveTheBitsOfThoseInMemory(long memory) {
    for (DataOrder order : DataOrder.values()) {
      for (int s = 0; s < SHARDS; s++) {
        Shard held = sequences.shard(plan(order, 16, 3, MANY), s, 5);
        Shard stored = sequences.shard(plan(order, 16, 3, memory), s, 5);
        long n = held.minibatches();
        assertThat(read(stored, 0, 2 * n + 3)).isEqualTo(read(held, 0, 2 * n + 3));
        assertThat(read(stored, n / 2, n)).isEqualTo(read(held, n / 2, n));
      }
    }
  }

  @Test
  void aPartThatChangesWhileItIsReadIsDamaged() throws IOException {
    Shard stored = sequences.shard(plan(DataOrder.SHUFFLED, 16, 3, 30), 0, 5);
    Path file = temp.resolve("sequences/train/part-00001.0.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    assertThatThrownBy(() -> read(stored, 0, stored.minibatches()))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("part-00001.0.bin is damaged: the bytes from");
  }
}
