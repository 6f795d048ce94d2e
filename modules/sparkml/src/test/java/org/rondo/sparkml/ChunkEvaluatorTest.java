package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.rondo.ingest.IngestException;

class ChunkEvaluatorTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("label ARRAY<STRING>, prediction ARRAY<STRING>");

  private static Dataset<Row> rows(Row... rows) {
    return SharedSession.get().createDataFrame(List.of(rows), SCHEMA).repartition(2);
  }

  private static Row row(String right, String predicted) {
    return RowFactory.create(
        right == null ? null : right.split(" "), predicted == null ? null : predicted.split(" "));
  }

  @Test
  void figuresAreThoseOfConlleval() {
    // Of 4 names 2 are found, by 3 predictions; 7 of 9 tags are right, the row without any wrong.
    Dataset<Row> rows =
        rows(
            row("B-PER I-PER O B-LOC", "B-PER I-PER O O"),
            row("B-LOC O", "B-LOC O"),
            row("O B-PER O", "O B-LOC O"),
            row(null, "O"));
    var evaluator = new ChunkEvaluator();
    assertThat(evaluator.evaluate(rows)).isCloseTo(2 * 2 / 7.0, Offset.offset(1e-12));
    assertThat(evaluator.setMetricName("precision").evaluate(rows))
        .isCloseTo(2 / 3.0, Offset.offset(1e-12));
    assertThat(evaluator.setMetricName("recall").evaluate(rows)).isEqualTo(0.5);
    assertThat(evaluator.setMetricName("accuracy").evaluate(rows))
        .isCloseTo(7 / 9.0, Offset.offset(1e-12));
    assertThat(evaluator.isLargerBetter()).isTrue();
  }

  @Test
  void aRowWithoutPredictionsFindsNothing() {
    Dataset<Row> rows = rows(row("B-PER O", "B-PER O"), row("B-PER", null));
    assertThat(new ChunkEvaluator().setMetricName("recall").evaluate(rows)).isEqualTo(0.5);
  }

  @Test
  void rowsOfAnotherLengthAndOtherColumnsAreRefused() {
    assertThatThrownBy(() -> new ChunkEvaluator().evaluate(rows(row("O O", "O"))))
        .isInstanceOf(IngestException.class)
        .hasMessage("evaluation: a row has 2 tags and 1 prediction: [O, O], [O]");
    assertThatThrownBy(() -> new ChunkEvaluator().setLabelCol("tags").evaluate(rows(row("O", "O"))))
        .hasMessageContaining("labelCol = tags: the rows have no such column");
  }
}
