package org.rondo.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A value as readable JSON in a file that appears whole or not at all. A field that is missing,
 * unknown or of another type is an error.
 */
public final class JsonFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  private JsonFile() {}

  public static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value, e);
    }
  }

  public static void write(FileSystem fs, Path file, Object value) throws IOException {
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
   * Reads a file as an object whose fields are still to be checked by {@link #value}.
   *
   * @throws JsonProcessingException if it holds no JSON object
   */
  public static ObjectNode read(FileSystem fs, Path file) throws IOException {
    try (FSDataInputStream in = fs.open(file)) {
      return object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  public static ObjectNode object(String json) throws JsonProcessingException {
    JsonNode tree = JSON.readTree(json);
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new RefusedException("it holds no JSON object");
  }

  /**
   * Refuses another version first, for its other fields may mean anything.
   *
   * @throws JsonProcessingException naming both versions
   */
  public static void requireVersion(ObjectNode object, String what, int version)
      throws JsonProcessingException {
    version(object, what, version, version);
  }

  /**
   * The version of a format of which several are read.
   *
   * @throws JsonProcessingException if it is another, naming both
   */
  public static int version(ObjectNode object, String what, int oldest, int newest)
      throws JsonProcessingException {
    JsonNode found = object.path("version");
    if (!found.isInt() || found.intValue() < oldest || found.intValue() > newest) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "%s format %s, this program reads %s",
              what,
              found.isMissingNode() ? "without a version" : found,
              oldest == newest ? newest : oldest + " to " + newest));
    }
    return found.intValue();
  }

  /**
   * The value that an object describes.
   *
   * @throws JsonProcessingException if it describes no such value
   */
  public static <T> T value(ObjectNode object, Class<T> type) throws JsonProcessingException {
    return JSON.treeToValue(object, type);
  }

  /** What is wrong with a file, in words that name the field. */
  public static String problem(Exception e) {
    if (e instanceof UnrecognizedPropertyException) {
      return field(e) + "this program knows no such field";
    }
    if (e instanceof JsonProcessingException json) {
      return json.getCause() instanceof IllegalArgumentException refused
          ? field(e) + refused.getMessage()
          : field(e) + json.getOriginalMessage();
    }
    return String.valueOf(e.getMessage());
  }

  private static String field(Exception e) {
    if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    return mapping.getPath().stream()
        .map(at -> at.getFieldName() == null ? String.valueOf(at.getIndex()) : at.getFieldName())
        .collect(Collectors.joining(".", "field ", ": "));
  }

  private static final class RefusedException extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }
}
