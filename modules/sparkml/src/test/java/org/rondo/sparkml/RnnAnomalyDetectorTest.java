package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Waves of three machines; the second channel of one of them jumps once, behind what is learned.
 */
class RnnAnomalyDetectorTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("machine STRING, t BIGINT, load DOUBLE, oil DOUBLE");
  private static final int STEPS = 120;
  private static final int JUMP = 100;

  private final Map<String, Row> streamed = new HashMap<>();

  @TempDir Path folder;

  private static Dataset<Row> frame() {
    var rows = new ArrayList<Row>();
    for (int t = 0; t < STEPS; t++) {
      for (int m = 0; m < 3; m++) {
        double load = 10 * m + Math.sin(2 * Math.PI * t / 8 + m);
        double oil = 5 + Math.cos(2 * Math.PI * t / 8 + m) + (m == 1 && t == JUMP ? 6 : 0);
        boolean gap = m == 2 && t == 50;
        rows.add(RowFactory.create("m" + m, (long) t, load, gap ? Double.NaN : oil));
      }
    }
    return SharedSession.get().createDataFrame(rows, SCHEMA);
  }

  private static RnnAnomalyDetector detector() {
    return new RnnAnomalyDetector()
        .setIdCol("machine")
        .setTimeCol("t")
        .setTargetCols(new String[] {"load", "oil"})
        .setScore("threshold")
        .setSpan(2)
        .setProbation(16)
        .setUnroll(20)
        .setHiddenSize(8)
        .setNumLayers(1)
        .setBatchSize(3)
        .setMaxIter(30)
        .setLearningRate(0.02)
        .setValidationFraction(0.25);
  }

  private static Map<String, Row> byStep(List<Row> rows) {
    var all = new HashMap<String, Row>();
    rows.forEach(row -> all.put(row.getString(0) + " " + row.getLong(1), row));
    return all;
  }

  @Test
  void theJumpIsAnAlarmAndAStreamHasTheScoresOfTheTableBitForBit() throws Exception {
    SparkSession spark = SharedSession.get();
    Dataset<Row> rows = frame();
    RnnAnomalyDetectorModel model = detector().fit(rows.filter("t < 90"));
    Dataset<Row> scored = model.transform(rows.repartition(4));
    assertThat(scored.schema()).isEqualTo(model.transformSchema(rows.schema()));
    Map<String, Row> table = byStep(scored.collectAsList());
    assertThat(table).hasSize(3 * STEPS);

    List<Row> alarms = model.alarms(rows).collectAsList();
    assertThat(alarms).isNotEmpty();
    assertThat(alarms).allMatch(alarm -> alarm.getString(0).equals("m1"));
    assertThat(alarms.get(0).getString(1)).isEqualTo("" + JUMP);
    assertThat(alarms.get(0).getString(5)).isEqualTo("oil");
    assertThat(table.get("m1 " + JUMP).<Double>getAs("predictedLabel")).isEqualTo(1);

    String place = folder.resolve("model").toString();
    model.save(place);
    RnnAnomalyDetectorModel loaded = RnnAnomalyDetectorModel.load(place);
    for (int part = 1; part < 3; part++) {
      rows.filter("t >= " + 40 * part + " AND t < " + (40 * part + 40))
          .coalesce(1)
          .write()
          .json(folder.resolve("events/" + part).toString());
    }
    Dataset<Row> states = loaded.streamStates(rows.filter("t < 40"));
    stream(
        loaded.scoreStream(
            spark
                .readStream()
                .schema(SCHEMA)
                .option("maxFilesPerTrigger", 1)
                .json(folder.resolve("events/*").toString()),
            states));
    table.values().removeIf(row -> row.getLong(1) < 40);
    assertThat(streamed).isEqualTo(table);
  }

  @Test
  void whatCannotBeLearnedIsRefusedBeforeAnythingRuns() {
    assertThatThrownBy(() -> detector().setBidirectional(true).transformSchema(SCHEMA))
        .hasMessage(
            "bidirectional = true: anomalies are found as steps arrive, and it would see those behind them; it must be false");
    assertThatThrownBy(() -> detector().setInitialModel("language").transformSchema(SCHEMA))
        .hasMessageStartingWith("initialModel = language: RnnAnomalyDetector cannot begin");
    assertThatThrownBy(
            () ->
                detector()
                    .setTargetCols(new String[] {"load", "on"})
                    .transformSchema(SCHEMA.add("on", "date")))
        .hasMessageStartingWith("data: column on is of type date; as targetCols the task takes");
  }

  private void stream(Dataset<Row> scored) throws Exception {
    scored
        .writeStream()
        .foreachBatch(
            (VoidFunction2<Dataset<Row>, Long>)
                (rows, batch) -> streamed.putAll(byStep(rows.collectAsList())))
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
  }
}
