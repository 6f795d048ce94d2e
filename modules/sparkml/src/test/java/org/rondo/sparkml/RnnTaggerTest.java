package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RnnTaggerTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("id INT, words ARRAY<STRING>, kinds ARRAY<STRING>, tags ARRAY<STRING>");

  /** Names of two words, of persons behind "mr" and of places behind "in". */
  private static Dataset<Row> frame(int count) {
    String[][] names = {{"Ann", "Lee"}, {"York", "Hill"}, {"Max", "Moor"}};
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      var words = new ArrayList<>(List.of("we", "met"));
      var tags = new ArrayList<>(List.of("O", "O"));
      boolean person = i % 2 == 0;
      words.addAll(List.of(person ? "mr" : "in", names[i % 3][0], names[i % 3][1], "day" + i));
      String type = person ? "PER" : "LOC";
      tags.addAll(List.of("O", "B-" + type, "I-" + type, "O"));
      if (i % 5 == 0) {
        words.remove(0);
        tags.remove(0);
      }
      String[] kinds =
          words.stream().map(w -> w.length() > 2 ? "long" : "short").toArray(String[]::new);
      rows.add(RowFactory.create(i, words.toArray(), kinds, tags.toArray()));
    }
    return SharedSession.get().createDataFrame(rows, SCHEMA);
  }

  private static RnnTagger tagger() {
    return new RnnTagger()
        .setFeaturesCol("words")
        .setLabelCol("tags")
        .setHiddenSize(12)
        .setNumLayers(1)
        .setMaxIter(12)
        .setBatchSize(8)
        .setLearningRate(0.03)
        .setValidationFraction(0.2);
  }

  @Test
  void chunksAreFoundAndTheirPlacesTold(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = frame(60);
    RnnTaggerModel model =
        tagger()
            .setExtraFeaturesCols(new String[] {"kinds"})
            .setWordShapes(true)
            .setSpansCol("names")
            .fit(rows);
    Dataset<Row> predicted = model.transform(rows);
    assertThat(new ChunkEvaluator().setLabelCol("tags").evaluate(predicted)).isGreaterThan(0.9);
    Row first = predicted.filter("id = 1").first();
    assertThat(first.<String>getList(5)).containsExactly("O", "O", "O", "B-LOC", "I-LOC", "O");
    assertThat(first.<Row>getList(4)).hasSize(1);
    Row name = first.<Row>getList(4).get(0);
    assertThat(name.getInt(0)).isEqualTo(3);
    assertThat(name.getInt(1)).isEqualTo(5);
    assertThat(name.getString(2)).isEqualTo("LOC");
    assertThat(name.getDouble(3)).as("mean of two probabilities").isBetween(0.5, 1.0);

    String place = folder.resolve("tagger").toString();
    model.save(place);
    assertThat(RnnTaggerModel.load(place).transform(rows).collectAsList())
        .isEqualTo(predicted.collectAsList());
  }

  @Test
  void tagsMayBeChosenOneByOneAndRowsMayBeEmpty() {
    Dataset<Row> empty =
        SharedSession.get()
            .createDataFrame(
                List.of(RowFactory.create(99, new String[0], new String[0], new String[0])),
                SCHEMA);
    Dataset<Row> rows = frame(60).union(empty);
    RnnTaggerModel model = tagger().setUseCrf(false).setMaxIter(2).setSpansCol("spans").fit(rows);
    assertThat(model.labels()).contains("O", "B-PER");
    List<Row> predicted = model.transform(rows).collectAsList();
    assertThat(predicted).hasSize(61);
    for (Row row : predicted) {
      assertThat(row.getList(5)).hasSameSizeAs(row.getList(1));
      for (Row span : row.<Row>getList(4)) {
        // The chosen tag is the likeliest of its token, of five.
        assertThat(span.getDouble(3)).isBetween(0.2, 1.0);
      }
    }
    Dataset<Row> plain = model.setSpansCol("").transform(rows);
    assertThat(plain.drop("prediction").collectAsList())
        .as("no column of the data is written over")
        .isEqualTo(rows.collectAsList());
  }
}
