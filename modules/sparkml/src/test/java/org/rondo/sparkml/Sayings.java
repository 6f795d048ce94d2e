package org.rondo.sparkml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Short texts with a mood that their last word tells; easy enough for a tiny network. */
final class Sayings {
  static final StructType SCHEMA = StructType.fromDDL("id INT, text STRING, label STRING");

  private static final String[][] LAST = {
    {"good", "fine", "great"}, {"bad", "poor", "awful"}, {"so-so", "plain", "middling"}
  };
  private static final String[] MOODS = {"glad", "sad", "even"};
  private static final String[] WORDS = {"the", "film", "was", "really", "seen", "by", "us"};

  private Sayings() {}

  static List<Row> rows(int count) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      int mood = i % MOODS.length;
      var text = new StringBuilder();
      for (int w = 0; w < 2 + i * 5 % 4; w++) {
        text.append(WORDS[(i * 3 + w * w) % WORDS.length]).append(' ');
      }
      text.append(LAST[mood][i / 3 % 3].replace("-", ""));
      rows.add(RowFactory.create(i, text.toString(), MOODS[mood]));
    }
    return rows;
  }

  static Dataset<Row> frame(int count) {
    return SharedSession.get().createDataFrame(rows(count), SCHEMA);
  }

  /** Learns them in a second or two. */
  static RnnClassifier classifier() {
    return new RnnClassifier()
        .setFeaturesCol("text")
        .setHiddenSize(12)
        .setNumLayers(1)
        .setMaxIter(6)
        .setBatchSize(8)
        .setLearningRate(0.02)
        .setValidationFraction(0.2)
        .setSeed(3);
  }
}
