package org.rondo.sparkml;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.ingest.IngestException;

/** Rows and labels of which nothing can be learned, as a regressor meets them. */
class HostileLabelsTest {
  private static RnnRegressor quick() {
    return Loads.regressor().setMaxIter(1).setHiddenSize(4);
  }

  private static Dataset<Row> numbers() {
    return Loads.frame(30).selectExpr("id", "series", "load", "both", "each", "pairs");
  }

  /** A value that nothing can be learned of, and what is said of it. */
  private record Bad(String column, String value, String reason) {
    /** A row that holds it. */
    Dataset<Row> row() {
      String type = numbers().schema().apply(column).dataType().catalogString();
      return numbers()
          .filter("id = 3")
          .withColumn(column, expr("CAST(" + value + " AS " + type + ")"));
    }
  }

  static List<Bad> bad() {
    return List.of(
        new Bad("series", "null", "column series has no value"),
        new Bad("series", "array()", "row series = []: column series holds no step"),
        new Bad("series", "array(0.5, null)", "column series holds null in step 2"),
        new Bad(
            "series",
            "array(double('NaN'))",
            "column series holds NaN in step 1, which is no finite number"),
        new Bad("load", "null", "column load has no value"),
        new Bad("load", "double('NaN')", "column load holds NaN, which is no finite number"),
        new Bad(
            "load", "double('Infinity')", "column load holds Infinity, which is no finite number"),
        new Bad("load", "1e300D", "no finite number"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aRowThatCannotBeLearnedIsNamed(Bad bad) {
    assertThatThrownBy(() -> quick().fit(numbers().union(bad.row())))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("1 of 31 rows cannot be used; handleInvalid = skip leaves them out")
        .hasMessageContaining(bad.reason());
  }

  @Test
  void rowsThatCannotBeLearnedAreLeftOut() {
    Dataset<Row> rows = bad().stream().map(Bad::row).reduce(numbers(), Dataset::union);
    long unread = bad().stream().filter(bad -> bad.column().equals("series")).count();

    RnnRegressionModel model = quick().setHandleInvalid("keep").fit(rows);

    Dataset<Row> predicted = model.transform(rows);
    assertThat(predicted.count()).isEqualTo(38);
    assertThat(predicted.filter("prediction IS NULL").count()).isEqualTo(unread);
    assertThat(predicted.filter("isnan(prediction)").count()).isZero();
    model.setHandleInvalid("skip");
    assertThat(model.transform(rows).count()).isEqualTo(38 - unread);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "both  | false | array()                                  | holds no number",
        "both  | false | array(1, 2, 3)                           | holds 3 numbers, where others hold 2",
        "both  | false | array(1, null)                           | holds null as number 2",
        "each  | true  | array(1)                                 | has 1 step, the input 6",
        "pairs | true  | transform(series, x -> array(x))         | column pairs holds 2 numbers, where others hold 1",
        "pairs | true  | transform(series, (x, i) -> if(i = 0, array(x), array(x, x))) | values in step 2",
        "pairs | true  | transform(series, x -> array(x, null))   | where another is missing"
      })
  void raggedLabelsAreNamed(String column, boolean perStep, String value, String reason) {
    Dataset<Row> rows = numbers().union(new Bad(column, value, reason).row());
    assertThatThrownBy(() -> quick().setLabelCol(column).setPerStep(perStep).fit(rows))
        .hasMessageContaining(reason);
  }

  @Test
  void thereMustBeSomethingToLearn() {
    assertThatThrownBy(() -> quick().fit(numbers().filter("id < 0")))
        .hasMessageContaining("there is no row that can be used");
    assertThatThrownBy(() -> quick().fit(numbers().selectExpr("id", "series", "1D AS load")))
        .hasMessageContaining("are the same; there is nothing to predict");
    RnnRegressionModel model = quick().fit(numbers());
    assertThat(model.transform(numbers().filter("id < 0")).collectAsList()).isEmpty();
  }

  @Test
  void columnsAreCheckedBeforeAnythingRuns() {
    StructType schema = Loads.SCHEMA;
    assertThatThrownBy(() -> quick().setLabelCol("lode").transformSchema(schema))
        .hasMessageContaining("labelCol = lode: the rows have no such column")
        .hasMessageContaining("did you mean load?");
    assertThatThrownBy(() -> quick().setLabelCol("pairs").transformSchema(schema))
        .hasMessageContaining("column pairs is of type array<array<double>>; as target")
        .hasMessageEndingWith("; convert it or name another column");
    assertThatThrownBy(() -> quick().setPerStep(true).transformSchema(schema))
        .hasMessageContaining("column load is of type double; as target the task takes an array");
    assertThatThrownBy(() -> quick().setFeaturesCol("id").transformSchema(schema))
        .hasMessageContaining("column id is of type int");
    RnnRegressionModel model = quick().fit(numbers());
    assertThatThrownBy(() -> model.transform(numbers().withColumnRenamed("series", "values")))
        .hasMessageContaining("series");
    assertThatThrownBy(() -> model.transform(numbers().selectExpr("id", "id AS series")))
        .hasMessageContaining("column series is of type int");
  }
}
