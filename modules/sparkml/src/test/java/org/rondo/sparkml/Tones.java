package org.rondo.sparkml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** WAV files in which each letter is a tone of its own, and what they say. */
final class Tones {
  static final StructType SCHEMA =
      StructType.fromDDL("path STRING, content BINARY, transcript STRING");
  private static final int RATE = 8000;
  private static final String[] SAID = {"abc", "cab a", "bb", "a"};

  private Tones() {}

  static byte[] wav(String text) {
    return wav(text, 9000);
  }

  /** Mono, 16 bits: a tone of 60 ms for each letter, 30 ms of silence behind it. */
  private static byte[] wav(String text, int loudness) {
    int tone = RATE * 60 / 1000;
    int pause = RATE * 30 / 1000;
    var data = ByteBuffer.allocate(44 + 2 * (tone + pause) * text.length());
    data.order(ByteOrder.LITTLE_ENDIAN).put("RIFF".getBytes(StandardCharsets.US_ASCII));
    data.putInt(data.capacity() - 8).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
    data.putInt(16).putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    data.putShort((short) 2).putShort((short) 16);
    data.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data.capacity() - 44);
    for (int letter : text.chars().toArray()) {
      double hertz = letter == ' ' ? 0 : 300 * (1 + letter - 'a');
      for (int i = 0; i < tone; i++) {
        data.putShort((short) (loudness * Math.sin(2 * Math.PI * hertz * i / RATE)));
      }
      data.position(data.position() + 2 * pause);
    }
    return data.array();
  }

  static Row row(String path, byte[] content, String transcript) {
    return RowFactory.create(path, content, transcript);
  }

  /** So many rows, each a little louder than the one before it, and further ones. */
  static Dataset<Row> frame(int count, Row... more) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      String said = SAID[i % SAID.length];
      rows.add(row(i + ".wav", wav(said, 8000 + 50 * i), said));
    }
    rows.addAll(List.of(more));
    return SharedSession.get().createDataFrame(rows, SCHEMA);
  }

  static RnnTranscriber transcriber() {
    return new RnnTranscriber()
        .setFeaturesCol("content")
        .setLabelCol("transcript")
        .setRate(RATE)
        .setMels(12)
        .setHiddenSize(16)
        .setNumLayers(1)
        .setBatchSize(2)
        .setLearningRate(0.02)
        .setValidationFraction(0.2);
  }
}
