package org.rondo.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A value as readable JSON in a file that appears whole or not at all. */
final class JsonFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonFile() {}

  static void write(FileSystem fs, Path file, Object value) throws IOException {
    var attempt = new Path(file.getParent(), "_" + file.getName());
    try (FSDataOutputStream out = fs.create(attempt, true)) {
      out.write(JSON.writeValueAsBytes(value));
    }
    if (!fs.rename(attempt, file)) {
      throw new IOException(
          String.format(Locale.ROOT, "cannot rename %s to %s", attempt, file.getName()));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws JsonProcessingException if it holds no such value
   */
  static <T> T read(FileSystem fs, Path file, Class<T> type) throws IOException {
    try (FSDataInputStream in = fs.open(file)) {
      return JSON.readValue(new String(in.readAllBytes(), StandardCharsets.UTF_8), type);
    }
  }
}
