package org.rondo.frames.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.texts.TextErrorRate;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.SharedSpark;
import org.rondo.frames.WordsTask;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.RowPrediction;
import org.rondo.training.workspace.KernelPlan;

class FramePredictorTest {
  private static final Features FEATURES = new WordsTask().features("a b c d e|x y z|0.0");
  private static final StructType SCHEMA =
      StructType.fromDDL("number INT, text STRING, label STRING, tags ARRAY<STRING>");

  private static NetworkSpec network(boolean bidirectional, String pooling) {
    var stack = new RecurrentStack(CellSpec.of("lstm", 19), 2, 0.1, false, bidirectional);
    return new NetworkSpec(
        stack.over(6), new HeadSpec("classifier", 3, new Options(Map.of("pooling", pooling))));
  }

  private static Predictor predictor(NetworkSpec spec, String matmul, ElementType precision) {
    float[] parameters = Network.initialParameters(spec, 3);
    return new Predictor(FEATURES, spec, parameters, Kernels.choose(matmul, "auto"), precision);
  }

  /** Of 1 to 70 words. */
  private static List<Example> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Example("row " + i, Map.of("text", text(i))))
        .toList();
  }

  private static String text(int i) {
    String[] words = {"a", "b", "c", "d", "e", "unseen"};
    var text = new StringBuilder();
    for (int w = 0; w <= i * 37 % 70; w++) {
      text.append(words[(i * 7 + w * w) % words.length]).append(' ');
    }
    return text.toString();
  }

  private static List<Object> bits(RowPrediction prediction) {
    double[] scores = (double[]) prediction.values().get("scores");
    return List.of(prediction.values().get("prediction"), Arrays.stream(scores).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "auto,FLOAT32,false,last",
    "auto,FLOAT32,true,attention",
    "auto,BFLOAT16,true,max",
    "java,FLOAT32,true,mean"
  })
  void thePredictionOfARowDependsOnNoOtherRow(
      String matmul, ElementType precision, boolean bidirectional, String pooling) {
    List<Example> rows = rows(150);
    try (Predictor predictor = predictor(network(bidirectional, pooling), matmul, precision)) {
      List<List<Object>> together =
          predictor.predict(rows).stream().map(FramePredictorTest::bits).toList();
      assertThat(together.stream().distinct().count()).isGreaterThan(100);
      for (int i = 0; i < rows.size(); i += 7) {
        RowPrediction alone = predictor.predict(List.of(rows.get(i))).get(0);
        assertThat(bits(alone)).as("row %d alone", i).isEqualTo(together.get(i));
      }
      var reversed = new ArrayList<>(rows);
      Collections.reverse(reversed);
      var again = new ArrayList<>(predictor.predict(reversed.subList(0, 101)));
      Collections.reverse(again);
      assertThat(again.stream().map(FramePredictorTest::bits).toList())
          .isEqualTo(together.subList(49, 150));
    }
  }

  @Test
  void predictionsAreThoseOfANetworkOfTheRowsOwnLength() {
    NetworkSpec spec = network(true, "mean");
    List<Example> rows = rows(12);
    Kernels kernels = Kernels.choose("java", "java");
    try (Predictor predictor = predictor(spec, "java", ElementType.FLOAT32)) {
      List<RowPrediction> predictions = predictor.predict(rows);
      for (int i = 0; i < rows.size(); i++) {
        var sequence = FEATURES.encode(rows.get(i));
        try (var own =
            Network.forEvaluation(spec, kernels, ElementType.FLOAT32, sequence.length(), 1)) {
          float[] parameters = Network.initialParameters(spec, 3);
          own.parameters().values().write(0, parameters, 0, parameters.length);
          own.parametersChanged();
          var minibatch = Minibatch.forNetwork(spec, sequence.length(), 1);
          minibatch.clear();
          sequence.fill(minibatch, 0, 0);
          var logits = new float[3];
          own.logits(minibatch, own.newState(), logits);
          double[] scores = (double[]) predictions.get(i).values().get("scores");
          for (int o = 0; o < 3; o++) {
            assertThat(scores[o]).isCloseTo(logits[o], Offset.offset(1e-5));
          }
        }
      }
    }
  }

  @Test
  void rowsThatCannotBeUsedAreRefusedOneByOne() {
    try (Predictor predictor = predictor(network(false, "last"), "java", ElementType.FLOAT32)) {
      Example empty = new Example("f.txt, line 3", Map.of("text", " "));
      assertThatThrownBy(() -> predictor.predict(empty))
          .isInstanceOf(BadExampleException.class)
          .hasMessage("f.txt, line 3: column text is empty");
      List<RowPrediction> mixed =
          predictor.predict(List.of(empty, rows(1).get(0), new Example("x", Map.of())));
      assertThat(mixed).extracting(RowPrediction::isPredicted).containsExactly(false, true, false);
    }
  }

  @Test
  void aNetworkOfOtherInputsIsRefused() {
    Features other = new WordsTask().features("a|x y z|0.0");
    NetworkSpec spec = network(false, "last");
    assertThatThrownBy(
            () ->
                new Predictor(
                    other,
                    spec,
                    Network.initialParameters(spec, 3),
                    Kernels.choose("java", "java"),
                    ElementType.FLOAT32))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("ids below 2")
        .hasMessageContaining("ids below 6");
  }

  private static FramePredictor predicting(SparkSession spark, InvalidRows invalid) {
    FrameModel model = model(invalid);
    return new FramePredictor(spark, model, Network.initialParameters(model.network(), 3));
  }

  private static FrameModel model(InvalidRows invalid) {
    NetworkSpec spec = network(true, "max");
    return new FrameModel(
        new WordsTask(),
        WordsTask.SETTINGS,
        FEATURES,
        spec,
        KernelPlan.of("float32"),
        Map.of(),
        invalid);
  }

  private static Dataset<Row> frame(SparkSession spark, int partitions) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 60; i++) {
      String text = i == 20 ? null : i == 41 ? "" : text(i);
      rows.add(RowFactory.create(i, text, "never seen", new String[] {"t" + i}));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1).repartition(partitions);
  }

  @Test
  void predictionsStandBesideTheColumnsInTheOrderOfTheRows() {
    SparkSession spark = SharedSpark.session();
    try (var predictor = predicting(spark, InvalidRows.SKIP)) {
      Dataset<Row> input = frame(spark, 3);
      Dataset<Row> output = predictor.predict(input);
      assertThat(output.schema().toDDL())
          .isEqualTo(SCHEMA.toDDL() + ",prediction STRING,scores ARRAY<DOUBLE>,rejected STRING");
      List<Row> rows = output.collectAsList();
      assertThat(rows.stream().map(row -> row.getInt(0)).toList())
          .isEqualTo(input.collectAsList().stream().map(row -> row.getInt(0)).toList());
      List<Row> again = predictor.predict(frame(spark, 1)).orderBy("number").collectAsList();
      for (Row row : rows) {
        int number = row.getInt(0);
        Row other = again.get(number);
        assertThat(row.<String>getList(3)).containsExactly("t" + number);
        assertThat(row.getString(4)).as("row %d", number).isEqualTo(other.getString(4));
        assertThat(row.isNullAt(4)).isEqualTo(number == 20 || number == 41);
        assertThat(row.isNullAt(6)).isEqualTo(!row.isNullAt(4));
        if (!row.isNullAt(4)) {
          assertThat(row.<Double>getList(5)).isEqualTo(other.<Double>getList(5)).hasSize(3);
        }
      }
      assertThat(again.get(41).getString(6)).endsWith("column text is empty");
      assertThat(predictor.predict(input).limit(1).count()).isEqualTo(1);
    }
  }

  /** 1 of 3 digits is missing; a row without a reference does not count. */
  @Test
  void textsAreComparedWithNumbersToo() {
    Dataset<Row> rows =
        SharedSpark.session()
            .sql("SELECT * FROM VALUES (7, '7'), (12, '1'), (NULL, 'x') AS t(`right.one`, said)");
    var score = new TextErrorRate(TextErrorRate.Unit.CHARACTER, false);
    List<double[]> sums = TextScores.sums(rows, "right.one", "said", List.of(score));
    assertThat(score.value(sums.get(0))).isEqualTo(1.0 / 3);
  }

  @Test
  void badRowsAndBadSchemasAreRefusedBeforeAnythingIsPredicted() {
    SparkSession spark = SharedSpark.session();
    try (var predictor = predicting(spark, InvalidRows.REJECT)) {
      assertThatThrownBy(() -> predictor.predict(frame(spark, 2)))
          .isInstanceOf(IngestException.class)
          .hasMessage(
              "data: 2 of 60 rows cannot be used; data.invalid_rows = skip leaves them out: row text = : column text is empty; row text = null: column text has no value");
      Dataset<Row> good = frame(spark, 2).filter("length(text) > 0");
      assertThat(predictor.predict(good).filter("prediction IS NOT NULL").count()).isEqualTo(58);
      assertThatThrownBy(() -> predictor.predict(good.withColumnRenamed("number", "scores")))
          .isInstanceOf(IngestException.class)
          .hasMessageContaining("the data has a column scores already");
      assertThatThrownBy(() -> predictor.predict(good.withColumnRenamed("text", "txt")))
          .isInstanceOf(IngestException.class)
          .hasMessageContaining("did you mean txt?");
    }
  }
}
