package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.frames.stream.StreamPlan;

class ScoreStreamTest {
  private static final StreamPlan PLAN = StreamPlan.of("speaker", "word");

  private final Map<String, Vector> streamed = new HashMap<>();

  @TempDir Path folder;

  /** Every saying is spoken word by word; after its last word it is what the whole row is. */
  @Test
  void sayingsAreClassifiedWordByWord() throws Exception {
    SparkSession spark = SharedSession.get();
    Dataset<Row> rows = Sayings.frame(60);
    RnnClassifierModel model = Sayings.classifier().fit(rows);
    Dataset<Row> words =
        rows.selectExpr(
            "concat('s', id) AS speaker", "posexplode(split(text, ' ')) AS (word, text)");
    words.coalesce(1).write().json(folder.resolve("words").toString());

    Map<String, Vector> table = probabilities(model.scoreStream(words, "speaker", "word"));
    assertThat(table).hasSize((int) words.count());
    stream(
        model.scoreStream(
            spark.readStream().schema(words.schema()).json(folder.resolve("words").toString()),
            PLAN));
    assertThat(streamed).isEqualTo(table);

    for (Row whole : model.transform(rows).collectAsList()) {
      int last = whole.<String>getAs("text").split(" ").length - 1;
      Vector spoken = table.get("s" + whole.getInt(0) + " " + last);
      Vector expected = whole.getAs("probability");
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Math.abs(spoken.apply(i) - expected.apply(i))).isLessThan(1e-5);
      }
    }

    streamed.clear();
    words.filter("word >= 2").coalesce(1).write().json(folder.resolve("later").toString());
    Dataset<Row> history = words.filter("word < 2").selectExpr("*", "1 AS prediction");
    Dataset<Row> states = model.streamStates(history, PLAN);
    Dataset<Row> silent = history.selectExpr("speaker", "word", "CAST(null AS STRING) AS text");
    Refusals.assertEndsAtOnce(
        () -> model.streamStates(silent, PLAN).collectAsList(),
        "row text = null: column text has no value");
    stream(
        model.scoreStream(
            spark.readStream().schema(words.schema()).json(folder.resolve("later").toString()),
            PLAN,
            states));
    table.keySet().removeIf(word -> word.endsWith(" 0") || word.endsWith(" 1"));
    assertThat(streamed).isEqualTo(table);
  }

  private void stream(Dataset<Row> scored) throws Exception {
    scored
        .writeStream()
        .foreachBatch(
            (VoidFunction2<Dataset<Row>, Long>)
                (rows, batch) -> streamed.putAll(probabilities(rows)))
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
  }

  private static Map<String, Vector> probabilities(Dataset<Row> scored) {
    var all = new HashMap<String, Vector>();
    for (Row row : scored.collectAsList()) {
      all.put(row.getAs("speaker") + " " + row.getAs("word"), row.getAs("probability"));
    }
    return all;
  }
}
