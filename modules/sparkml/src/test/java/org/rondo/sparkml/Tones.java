package org.rondo.sparkml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.rondo.testkit.SpokenLetters;

/** WAV files in which each letter is a tone of its own, and what they say. */
final class Tones {
  static final StructType SCHEMA =
      StructType.fromDDL("path STRING, content BINARY, transcript STRING");
  private static final String[] SAID = {"abc", "cab a", "bb", "a"};

  private Tones() {}

  static Row row(String path, byte[] content, String transcript) {
    return RowFactory.create(path, content, transcript);
  }

  /** So many rows, each a little louder than the one before it, and further ones. */
  static Dataset<Row> frame(int count, Row... more) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      String said = SAID[i % SAID.length];
      rows.add(row(i + ".wav", SpokenLetters.wav(said, 8000 + 50 * i), said));
    }
    rows.addAll(List.of(more));
    return SharedSession.get().createDataFrame(rows, SCHEMA);
  }

  static RnnTranscriber transcriber() {
    return new RnnTranscriber()
        .setFeaturesCol("content")
        .setLabelCol("transcript")
        .setRate(SpokenLetters.RATE)
        .setMels(12)
        .setHiddenSize(16)
        .setNumLayers(1)
        .setBatchSize(2)
        .setLearningRate(0.02)
        .setValidationFraction(0.2);
  }
}
