package org.rondo.frames.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.WordsTask;
import org.rondo.frames.predict.FrameModel;
import org.rondo.models.HeadSpec;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Features;
import org.rondo.training.workspace.KernelPlan;

/** Clicks of a few visitors and a tiny network that reads them. */
final class Events {
  static final StructType SCHEMA =
      StructType.fromDDL("number INT, visitor STRING, at TIMESTAMP, text STRING");
  static final StreamPlan PLAN = StreamPlan.of("visitor", "at");
  static final Features FEATURES = new WordsTask().features("a b c d e|x y z|0.0");

  private static final String[] WORDS = {"a", "b c", "d", "e", "unseen", "a"};

  private Events() {}

  static NetworkSpec network(boolean bidirectional) {
    var stack = new RecurrentStack(CellSpec.of("lstm", 11), 2, 0.1, false, bidirectional);
    return new NetworkSpec(
        stack.over(6), new HeadSpec("classifier", 3, new Options(Map.of("pooling", "mean"))));
  }

  static float[] parameters() {
    return Network.initialParameters(network(false), 3);
  }

  static FrameModel model(NetworkSpec network, InvalidRows invalid) {
    return new FrameModel(
        new WordsTask(),
        WordsTask.SETTINGS,
        FEATURES,
        network,
        KernelPlan.of("float32"),
        Map.of(),
        invalid);
  }

  static StreamScorer scorer(SparkSession spark, StreamPlan plan) {
    return new StreamScorer(spark, model(network(false), InvalidRows.SKIP), parameters(), plan);
  }

  /** Event of that number, so many seconds after the first. */
  static Row event(int number, String visitor, double second) {
    Timestamp at = new Timestamp(1_700_000_000_000L + Math.round(second * 1000));
    return RowFactory.create(number, visitor, at, WORDS[number * number % 7 % WORDS.length]);
  }

  /** In the order of their numbers and times; pairs of neighbours of one visitor have one time. */
  static List<Row> many(int count) {
    var events = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      int pair = i / 2;
      events.add(event(i, "v" + pair * 7 % 5, pair));
    }
    return events;
  }

  static Dataset<Row> table(SparkSession spark, List<Row> events, int partitions) {
    return spark.createDataFrame(events, SCHEMA).repartition(partitions);
  }

  /** Writes events as one file; a stream of one file per trigger reads files in this order. */
  static void write(Path folder, int number, List<Row> events) throws IOException {
    var lines = new StringBuilder();
    for (Row each : events) {
      String time = each.isNullAt(2) ? "null" : "\"" + each.getTimestamp(2).toInstant() + "\"";
      String text = each.isNullAt(3) ? "null" : "\"" + each.getString(3) + "\"";
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"number\":%d,\"visitor\":\"%s\",\"at\":%s,\"text\":%s}%n",
              each.getInt(0),
              each.getString(1),
              time,
              text));
    }
    Files.createDirectories(folder);
    Path file = folder.resolve(String.format(Locale.ROOT, "part-%03d.json", number));
    Path hidden = folder.resolve("." + file.getFileName());
    Files.writeString(hidden, lines);
    Files.setLastModifiedTime(hidden, FileTime.fromMillis(1_700_000_000_000L + number * 1000L));
    Files.move(hidden, file);
  }

  static Dataset<Row> stream(SparkSession spark, Path folder) {
    return spark
        .readStream()
        .schema(SCHEMA)
        .option("maxFilesPerTrigger", 1)
        .json(folder.toString());
  }

  /** Prediction and scores of every event, by its number; no event may come twice. */
  static Map<Integer, List<Object>> bits(List<Row> rows) {
    var all = new HashMap<Integer, List<Object>>();
    for (Row row : rows) {
      int first = row.fieldIndex("prediction");
      List<Object> made =
          row.isNullAt(first)
              ? Arrays.asList(null, row.get(first + 2))
              : List.of(row.getString(first), row.<Double>getList(first + 1));
      if (all.put(row.getInt(0), made) != null) {
        throw new AssertionError("event " + row.getInt(0) + " comes twice");
      }
    }
    return all;
  }
}
