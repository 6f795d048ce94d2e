package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.IngestException;

class HostileRowsTest {
  private static RnnClassifier quick() {
    return Sayings.classifier().setMaxIter(1).setHiddenSize(4);
  }

  private static Dataset<Row> with(Dataset<Row> rows, Object... values) {
    return rows.union(
        SharedSession.get().createDataFrame(List.of(RowFactory.create(values)), rows.schema()));
  }

  @Test
  void aRowThatCannotBeUsedIsNamedOrLeftOut() {
    Dataset<Row> rows = with(with(Sayings.frame(30), 98, null, "sad"), 99, "", "glad");
    assertThatThrownBy(() -> quick().fit(rows))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("1 of 32 rows cannot be used; handleInvalid = skip leaves them out")
        .hasMessageContaining("column text has no value");

    RnnClassifierModel model = quick().setHandleInvalid("skip").fit(rows);
    assertThat(model.transform(rows).count()).as("an empty text is one").isEqualTo(31);
    model.setHandleInvalid("keep");
    Dataset<Row> kept = model.transform(rows);
    assertThat(kept.count()).isEqualTo(32);
    assertThat(kept.filter("prediction IS NULL").count()).isEqualTo(1);
    model.setHandleInvalid("error");
    Refusals.assertEndsAtOnce(
        () -> model.transform(rows).collectAsList(), "row text = null: column text has no value");
  }

  @Test
  void labelsThatCannotBeLearnedAreNamed() {
    Dataset<Row> numbers =
        Sayings.frame(30).selectExpr("id", "text", "cast(id % 2 as double) as label");
    assertThatThrownBy(() -> quick().fit(with(numbers, 99, "a good film", Double.NaN)))
        .hasMessageContaining("column label holds NaN, which is no label");
    assertThatThrownBy(() -> quick().fit(with(numbers, 99, "a good film", 1.5)))
        .hasMessageContaining("column label holds the label 1.5")
        .hasMessageContaining("StringIndexer");
    assertThatThrownBy(() -> quick().fit(numbers.filter("label = 1")))
        .hasMessageContaining("there is no label but '1.0' in ");
    assertThatThrownBy(() -> quick().fit(numbers.filter("id < 0")))
        .hasMessageContaining("there is no row that can be used");
  }

  @Test
  void numbersAreTheirOwnIndexes() {
    Dataset<Row> rows = Sayings.frame(30).selectExpr("text", "(id % 2) * 3 as label");
    RnnClassifierModel model = quick().fit(rows);
    assertThat(model.labels()).containsExactly("0", "1", "2", "3");
    assertThat(model.transform(rows).filter("prediction NOT IN (0.0, 3.0)").count()).isZero();
    model.setThresholds(new double[] {0.9, 0.9, 0.9, 0.0});
    assertThat(model.transform(rows).filter("prediction = 3.0").count()).isEqualTo(30);
    model.setThresholds(new double[] {0.5, 0.5});
    assertThatThrownBy(() -> model.transform(rows))
        .hasMessageContaining("thresholds has 2 values, the model has 4 labels");
  }

  @Test
  void markedRowsValidate() {
    Dataset<Row> rows = Sayings.frame(30).selectExpr("*", "id % 5 = 0 as mark");
    RnnClassifier marked = quick().setValidationIndicatorCol("mark");
    assertThat(marked.fit(rows).summary().rows()).contains("24").contains("6");
    Dataset<Row> unlearned = rows.withColumn("mark", functions.lit(true));
    assertThatThrownBy(() -> marked.fit(unlearned))
        .hasMessageContaining("there are no training rows");
    Dataset<Row> unmarked = rows.withColumn("mark", functions.lit(false));
    assertThatThrownBy(() -> marked.fit(unmarked))
        .hasMessage("data: there is no validation row that can be used");
    assertThatThrownBy(() -> quick().setValidationFraction(0.001).fit(rows))
        .hasMessage(
            "data: none of 30 rows validates: a hash draws validationFraction = 0.001 of them, and equal rows stay together; raise it, or mark validation rows by validationIndicatorCol");
    assertThatThrownBy(() -> marked.fit(with(rows, 99, "a good film", "unheard of", true)))
        .hasMessageContaining("column label holds 'unheard of', which no training row has");
    assertThatThrownBy(() -> marked.setValidationIndicatorCol("id").fit(rows))
        .hasMessage("column id is of type int; validationIndicatorCol takes a boolean one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array(id % 3, id)",
        "array(cast(id as double), 0.5D)",
        "array(array(cast(id as float), 1f), array(0f, 0.25f))",
        "split(text, ' ')"
      })
  void sequencesAreOfManyTypes(String sequence) {
    Dataset<Row> rows = Sayings.frame(30).selectExpr(sequence + " as features", "label");
    RnnClassifierModel model = quick().setFeaturesCol("features").fit(rows);
    assertThat(model.transform(rows).filter("prediction >= 0").count()).isEqualTo(30);
  }

  /** 1.0 is another token than 1. */
  @Test
  void tokensStayWholeNumbers() {
    Dataset<Row> rows = Sayings.frame(30).selectExpr("array(id % 3, id) as features", "label");
    RnnClassifierModel model = quick().setFeaturesCol("features").fit(rows);
    Dataset<Row> doubles = rows.selectExpr("cast(features as array<double>) as features");
    assertThatThrownBy(() -> model.transform(doubles))
        .hasMessage(
            "data: column features is of type array<double>; as tokens the task takes an array of texts or of whole numbers: make it one by CAST(features AS array<int>) or CAST(features AS array<string>)");
  }

  @Test
  void timesWithoutAZoneOrderRows() {
    Dataset<Row> rows = Sayings.frame(30);
    RnnClassifier ordered = quick().setOrderCol("at");
    String zoned = "timestamp_micros(1000000000000000L + id * 100000L) as at";
    String plain = "cast(from_unixtime(1000000000 + id) as timestamp_ntz) as at";
    assertThat(ordered.fit(rows.selectExpr("*", plain)).summary().parametersSha256())
        .isEqualTo(ordered.fit(rows.selectExpr("*", zoned)).summary().parametersSha256());
  }

  @Test
  void moreRoundsThanCanBeCountedAreRefused() {
    RnnClassifier endless = quick().setMaxIter(Integer.MAX_VALUE).setSyncEvery(1);
    assertThatThrownBy(() -> endless.fit(Sayings.frame(30)))
        .hasMessageMatching(
            "maxIter = 2147483647: with \\d rounds in each epoch it may be at most \\d+; lower it, or raise syncEvery");
    int never = Integer.MAX_VALUE;
    RnnClassifier once = quick().setCheckpointInterval(never).setSyncEvery(1);
    assertThat(once.fit(Sayings.frame(30)).summary().epochs()).hasSize(1);
  }

  @Test
  void vectorsAreSteps() {
    var schema =
        new StructType()
            .add("features", DataTypes.createArrayType(SQLDataTypes.VectorType()))
            .add("label", DataTypes.StringType);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 30; i++) {
      Object[] steps = {
        Vectors.dense(i % 3, 1), Vectors.sparse(2, new int[] {1}, new double[] {2})
      };
      rows.add(RowFactory.create(steps, i % 3 == 0 ? "yes" : "no"));
    }
    Dataset<Row> frame = SharedSession.get().createDataFrame(rows, schema);
    RnnClassifierModel model = quick().setFeaturesCol("features").fit(frame);
    assertThat(model.transform(frame).count()).isEqualTo(30);
  }

  @Test
  void schemasAreCheckedBeforeAnythingRuns() {
    StructType schema = Sayings.SCHEMA;
    assertThatThrownBy(() -> quick().setFeaturesCol("txt").transformSchema(schema))
        .hasMessageContaining("featuresCol = txt: the rows have no such column")
        .hasMessageContaining("did you mean text?");
    assertThatThrownBy(() -> quick().setFeaturesCol("id").transformSchema(schema))
        .hasMessageContaining("column id is of type int")
        .hasMessageEndingWith("; convert it or name another column");
    assertThatThrownBy(() -> quick().setPredictionCol("ID").transformSchema(schema))
        .hasMessage("the rows have a column id already; drop or rename it");
    assertThatThrownBy(() -> new RnnTagger().setFeaturesCol("text").transformSchema(schema))
        .hasMessageContaining("column text is of type string");
    assertThatThrownBy(() -> quick().setProbabilityCol("Prediction").transformSchema(schema))
        .hasMessage(
            "two columns of the result are to be named prediction; name one of them otherwise");
    StructType pairs = schema.add("pair", "map<string,int>");
    assertThatThrownBy(() -> quick().setOrderCol("pair").transformSchema(pairs))
        .hasMessage(
            "orderCol = pair: it is of type map<string,int>, which has no order; numbers, texts, dates and timestamps have");
    assertThat(quick().transformSchema(schema).fieldNames()).contains("prediction", "probability");
  }
}
