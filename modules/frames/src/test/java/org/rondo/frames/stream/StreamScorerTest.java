package org.rondo.frames.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.SharedSpark;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.tasks.Example;
import org.rondo.tasks.stream.EventScorer;
import org.rondo.tasks.stream.KeyEvents;

class StreamScorerTest {
  private static final String PROVIDER = "spark.sql.streaming.stateStore.providerClass";
  private static final String STORES = "org.apache.spark.sql.execution.streaming.state.";
  private static final String IN_MEMORY = "HDFSBackedStateStoreProvider";

  @TempDir Path folder;

  private final SparkSession spark = SharedSpark.session();

  /** What each micro-batch put out, the last try of it. */
  private final Map<Long, List<Row>> output = Collections.synchronizedMap(new TreeMap<>());

  private Path files() {
    return folder.resolve("events");
  }

  private Dataset<Row> stream() {
    return Events.stream(spark, files());
  }

  /** Runs a stream over all files that are there, from its checkpoint if it has one. */
  private StreamingQuery run(Dataset<Row> scored, VoidFunction2<Dataset<Row>, Long> sink)
      throws Exception {
    StreamingQuery query =
        scored
            .writeStream()
            .foreachBatch(sink)
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    return query;
  }

  private StreamingQuery run(Dataset<Row> scored) throws Exception {
    return run(scored, (rows, batch) -> output.put(batch, rows.collectAsList()));
  }

  private Map<Integer, List<Object>> streamed() {
    return Events.bits(output.values().stream().flatMap(List::stream).toList());
  }

  private Map<Integer, List<Object>> ofTable(StreamPlan plan, List<Row> events, int partitions) {
    try (StreamScorer scorer = Events.scorer(spark, plan)) {
      return Events.bits(scorer.score(Events.table(spark, events, partitions)).collectAsList());
    }
  }

  private void write(List<Row> events, int files) throws Exception {
    int size = (events.size() + files - 1) / files;
    for (int i = 0; i < files; i++) {
      Events.write(files(), i, events.subList(i * size, Math.min(events.size(), (i + 1) * size)));
    }
  }

  /** One visitor after the other in a plain JVM; events of one time by the bytes of their text. */
  @Test
  void aTableIsScoredAsInAPlainJvm() {
    List<Row> events = new ArrayList<>(Events.many(40));
    for (int i = 40; i < 2600; i++) {
      events.add(Events.event(i, "long", i * 3.5));
    }
    Map<Integer, List<Object>> bits = ofTable(Events.PLAN, events, 4);
    assertThat(bits).hasSize(2600);
    try (var plain =
        new EventScorer(
            Events.FEATURES,
            Events.network(false),
            Events.parameters(),
            Kernels.best(),
            ElementType.FLOAT32,
            StreamPlan.BATCH)) {
      Map<String, List<Row>> visitors =
          events.stream().collect(Collectors.groupingBy(each -> each.getString(1)));
      visitors.forEach(
          (visitor, own) -> {
            var sorted = new ArrayList<>(own);
            sorted.sort(
                (a, b) -> {
                  int byTime = a.getTimestamp(2).compareTo(b.getTimestamp(2));
                  return byTime != 0 ? byTime : compareText(a.getString(3), b.getString(3));
                });
            List<Example> examples =
                sorted.stream().map(r -> new Example("", Map.of("text", r.getString(3)))).toList();
            var scored =
                plain.score(List.of(new KeyEvents<>(plain.states().start(), examples))).get(0);
            for (int i = 0; i < sorted.size(); i++) {
              double[] scores = (double[]) scored.get(i).values().get("scores");
              assertThat(bits.get(sorted.get(i).getInt(0)).get(1))
                  .as("%s, event %d", visitor, i)
                  .isEqualTo(Arrays.stream(scores).boxed().toList());
            }
          });
    }
    assertThat(ofTable(Events.PLAN, events, 1)).isEqualTo(bits);
  }

  /** The bytes of a text begin with its length. */
  private static int compareText(String a, String b) {
    return a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_MEMORY, "RocksDBStateStoreProvider"})
  void aStreamHasTheBitsOfATable(String store) throws Exception {
    List<Row> events = Events.many(60);
    write(events, 6);
    spark.conf().set(PROVIDER, STORES + store);
    try (StreamScorer scorer = Events.scorer(spark, Events.PLAN)) {
      run(scorer.score(stream()));
    } finally {
      spark.conf().unset(PROVIDER);
    }
    assertThat(output).hasSize(6);
    assertThat(streamed()).hasSize(60).isEqualTo(ofTable(Events.PLAN, events, 3));
    assertThat(output.get(0L).get(0).schema().toDDL())
        .isEqualTo(
            Events.SCHEMA.toDDL() + ",prediction STRING,scores ARRAY<DOUBLE>,rejected STRING");
  }

  @Test
  void aStreamThatFailsGoesOnFromItsCheckpoint() throws Exception {
    List<Row> events = Events.many(50);
    write(events, 5);
    var tries = new AtomicInteger();
    try (StreamScorer scorer = Events.scorer(spark, Events.PLAN)) {
      assertThatThrownBy(
              () ->
                  run(
                      scorer.score(stream()),
                      (rows, batch) -> {
                        List<Row> made = rows.collectAsList();
                        if (batch == 2) {
                          tries.addAndGet(made.size());
                          throw new IllegalStateException("the sink is gone");
                        }
                        output.put(batch, made);
                      }))
          .isInstanceOf(StreamingQueryException.class);
    }
    assertThat(tries.get()).isPositive();
    assertThat(output).hasSize(2);
    try (StreamScorer another = Events.scorer(spark, Events.PLAN)) {
      run(another.score(stream()));
    }
    assertThat(streamed()).hasSize(50).isEqualTo(ofTable(Events.PLAN, events, 2));
  }

  /** Events up to 8 seconds late, within a lateness of 20; one behind it; two that end it all. */
  @Test
  void theWatermarkPutsEventsInTheOrderOfTheirTime() throws Exception {
    List<Row> events = new ArrayList<>(Events.many(60));
    var shuffled = new ArrayList<Row>();
    var random = new Random(5);
    for (int from = 0; from < 60; from += 12) {
      List<Row> some = new ArrayList<>(events.subList(from, from + 12));
      Collections.shuffle(some, random);
      shuffled.addAll(some);
    }
    Collections.swap(shuffled, 11, 12);
    write(shuffled, 5);
    Events.write(files(), 5, List.of(Events.event(100, "v0", 100)));
    Events.write(files(), 6, List.of(Events.event(102, "v0", 200)));
    // Late is what the watermark of the micro-batch before had passed: 80.
    Events.write(files(), 7, List.of(Events.event(101, "v0", 30)));
    StreamPlan plan = Events.PLAN.byWatermark(Duration.ofSeconds(20));
    long dropped = 0;
    try (StreamScorer scorer = Events.scorer(spark, plan)) {
      for (StreamingQueryProgress each : run(scorer.score(stream())).recentProgress()) {
        dropped += each.stateOperators()[0].numRowsDroppedByWatermark();
      }
    }
    assertThat(dropped).as("event 101").isEqualTo(1);
    events.add(Events.event(100, "v0", 100));
    assertThat(streamed()).hasSize(61).isEqualTo(ofTable(plan, events, 3));
    assertThat(output.get(0L)).as("nothing is due yet").isEmpty();
  }

  @Test
  void aLongSilenceBeginsASequenceAnewAndForgetsTheState() throws Exception {
    var events = new ArrayList<Row>();
    double[] seconds = {0, 5, 9, 20, 30, 30.001, 41, 100};
    for (int i = 0; i < seconds.length; i++) {
      events.add(Events.event(i, "v", seconds[i]));
    }
    StreamPlan plan =
        Events.PLAN.byWatermark(Duration.ofSeconds(1)).withGap(Duration.ofSeconds(10));
    write(events, 4);
    Events.write(files(), 4, List.of(Events.event(50, "w", 300)));
    try (StreamScorer scorer = Events.scorer(spark, plan)) {
      StreamingQueryProgress[] progress = run(scorer.score(stream())).recentProgress();
      assertThat(progress[progress.length - 1].stateOperators()[0].numRowsTotal())
          .as("w waits, v is forgotten")
          .isEqualTo(1);
    }
    Map<Integer, List<Object>> bits = streamed();
    assertThat(bits).hasSize(8).isEqualTo(ofTable(plan, events, 2));
    // 0, 5, 9 | 20, 30, 30.001 | 41 | 100: eleven seconds before 20, 41 and 100, or more.
    StreamPlan endless = Events.PLAN;
    for (List<Integer> part : List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6), List.of(7))) {
      List<Row> own = part.stream().map(events::get).toList();
      Map<Integer, List<Object>> alone = ofTable(endless, own, 1);
      part.forEach(i -> assertThat(bits.get(i)).as("event %d", i).isEqualTo(alone.get(i)));
    }
  }

  @Test
  void eventsAsTheyArriveBeginAnewAfterASilenceToo() throws Exception {
    var events =
        List.of(
            Events.event(0, "v", 0),
            Events.event(1, "v", 5),
            Events.event(2, "v", 1000),
            Events.event(3, "v", 1001));
    StreamPlan plan = Events.PLAN.withGap(Duration.ofMinutes(10));
    write(events, 4);
    var arrived = new CountDownLatch(events.size());
    try (StreamScorer scorer = Events.scorer(spark, plan)) {
      // A stream of such time-outs has a next micro-batch for ever.
      StreamingQuery query =
          scorer
              .score(stream())
              .writeStream()
              .foreachBatch(
                  (VoidFunction2<Dataset<Row>, Long>)
                      (rows, batch) -> {
                        output.put(batch, rows.collectAsList());
                        output.get(batch).forEach(row -> arrived.countDown());
                      })
              .option("checkpointLocation", folder.resolve("checkpoint").toString())
              .start();
      assertThat(arrived.await(5, TimeUnit.MINUTES)).isTrue();
      query.stop();
    }
    assertThat(streamed()).isEqualTo(ofTable(plan, events, 1));
    assertThat(streamed()).isNotEqualTo(ofTable(Events.PLAN, events, 1));
  }

  @Test
  void whatCannotBeUsedEndsNoSilence() {
    Row late = Events.event(2, "v", 15);
    List<Row> events = List.of(Events.event(0, "v", 0), Events.event(1, "v", 1), late);
    var with = new ArrayList<>(events);
    with.add(2, RowFactory.create(7, "v", Events.event(7, "v", 8).getTimestamp(2), ""));
    with.add(3, RowFactory.create(8, "v", Events.event(8, "v", 9).getTimestamp(2), null));
    StreamPlan plan = Events.PLAN.withGap(Duration.ofSeconds(10));
    Map<Integer, List<Object>> bits = ofTable(plan, with, 1);
    assertThat(bits.remove(7).get(0)).isNull();
    assertThat(bits.remove(8).get(0)).isNull();
    assertThat(bits).isEqualTo(ofTable(plan, events, 1));
    assertThat(bits.get(2)).isEqualTo(ofTable(Events.PLAN, List.of(late), 1).get(2));
  }

  @Test
  void aStreamGoesOnFromTheStatesOfATable() throws Exception {
    List<Row> events = Events.many(60);
    write(events.subList(30, 60), 3);
    try (StreamScorer scorer = Events.scorer(spark, Events.PLAN)) {
      Dataset<Row> states =
          scorer.states(Events.table(spark, events.subList(0, 30), 3)).localCheckpoint();
      assertThat(states.schema().toDDL()).isEqualTo("visitor STRING,state BINARY,last BIGINT");
      for (Row each : states.collectAsList()) {
        assertThat(each.<byte[]>getAs("state")).hasSize(scorer.stateBytes());
      }
      run(scorer.score(stream(), states));
    }
    Map<Integer, List<Object>> expected = ofTable(Events.PLAN, events, 2);
    IntStream.range(0, 30).forEach(expected::remove);
    assertThat(streamed()).hasSize(30).isEqualTo(expected);
  }

  @Test
  void whatCannotBeUsedHasNoPredictionAndChangesNone() throws Exception {
    List<Row> events = Events.many(20);
    var with = new ArrayList<>(events);
    with.add(3, RowFactory.create(30, "v0", events.get(3).getTimestamp(2), ""));
    with.add(5, RowFactory.create(31, "v0", null, "a"));
    write(with, 2);
    try (StreamScorer scorer = Events.scorer(spark, Events.PLAN)) {
      run(scorer.score(stream()));
    }
    Map<Integer, List<Object>> bits = streamed();
    assertThat(bits).isEqualTo(ofTable(Events.PLAN, with, 2));
    assertThat(bits.remove(30)).isEqualTo(Arrays.asList(null, "row text = : column text is empty"));
    assertThat(bits.remove(31))
        .isEqualTo(Arrays.asList(null, "row text = a: column at has no value"));
    assertThat(bits).isEqualTo(ofTable(Events.PLAN, events, 2));

    var strict = Events.model(Events.network(false), InvalidRows.REJECT);
    try (var scorer = new StreamScorer(spark, strict, Events.parameters(), Events.PLAN)) {
      Dataset<Row> scored = scorer.score(Events.table(spark, with, 1));
      assertThatThrownBy(scored::collectAsList)
          .hasStackTraceContaining("with data.invalid_rows = skip it has no prediction");
    }
  }

  @Test
  void whatDoesNotServeIsRefusedBeforeAStreamStarts() {
    var both = Events.model(Events.network(true), InvalidRows.SKIP);
    assertThatThrownBy(() -> new StreamScorer(spark, both, new float[0], Events.PLAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reads a sequence from its end too");
    Dataset<Row> table = Events.table(spark, Events.many(4), 1);
    refused(Events.PLAN, table.drop("visitor"), "no column visitor; the data has");
    refused(Events.PLAN, table.drop("text"), "no column text");
    Path none = files();
    assertThat(none.toFile().mkdirs()).isTrue();
    Dataset<Row> dotted = stream().withColumnRenamed("at", "a.t");
    refused(
        StreamPlan.of("visitor", "a.t").byWatermark(Duration.ZERO),
        dotted,
        "column a.t: Spark takes no watermark from a column with a dot in its name; rename it");
    refused(
        StreamPlan.of("visitor", "text"),
        table,
        "column text is of type string; the time of events must be a timestamp or a whole number");
    refused(
        StreamPlan.of("visitor", "number").byWatermark(Duration.ofSeconds(1)),
        table,
        "column number is of type int; with order = watermark or a gap");
    try (StreamScorer scorer = Events.scorer(spark, Events.PLAN)) {
      assertThatThrownBy(() -> scorer.score(table, table))
          .hasMessage("stream: states begin a stream, and these events are a table");
      Dataset<Row> states =
          scorer.states(table).withColumn("visitor", org.apache.spark.sql.functions.lit(7));
      assertThatThrownBy(() -> scorer.score(stream(), states))
          .hasMessage(
              "stream: column visitor is of type string in the events and int in the states");
    }
  }

  private void refused(StreamPlan plan, Dataset<Row> rows, String problem) {
    try (StreamScorer scorer = Events.scorer(spark, plan)) {
      assertThatThrownBy(() -> scorer.score(rows))
          .isInstanceOf(IngestException.class)
          .hasMessageContaining(problem);
    }
  }
}
