package org.rondo.frames.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.rondo.frames.SharedSpark;

class StepColumnsTest {
  @Test
  void notANumberIsNoValueInTextsToo() {
    Dataset<Row> rows =
        SharedSpark.session()
            .createDataset(List.of("1.5", "NaN", " nan ", "-nan", "", "nano"), Encoders.STRING())
            .toDF("y")
            .selectExpr("y", "1 AS ds", "IF(y = 'NaN', double('NaN'), 2D) AS z");
    Dataset<Row> added =
        new StepColumns(Map.of("target", "y, z"), rows.schema(), List.of("y", "z"), List.of())
            .added(rows);
    var texts = new ArrayList<String>();
    var numbers = new ArrayList<Double>();
    for (Row row : added.collectAsList()) {
      texts.add(row.getAs(StepColumns.value("y")));
      numbers.add(row.getAs(StepColumns.value("z")));
    }
    assertThat(texts).containsExactly("1.5", null, null, null, null, "nano");
    assertThat(numbers).containsExactly(2.0, null, 2.0, 2.0, 2.0, 2.0);
  }
}
