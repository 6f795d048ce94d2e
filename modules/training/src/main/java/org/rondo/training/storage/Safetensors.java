package org.rondo.training.storage;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.rondo.models.parameters.ParameterLayout;

/**
 * Named float32 tensors in the safetensors format: 8 bytes with the header's length
 * (little-endian), a header of JSON padded with spaces to a multiple of 8, then the tensors without
 * gaps, row-major, little-endian.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class Safetensors {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  private static final String METADATA = "__metadata__";
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int LONGEST_SHOWN = 200;

  /** Types of the format that are not read; others are no types of it. */
  private static final Pattern OTHER_TYPE =
      Pattern.compile("BF16|F16|F64|F8_\\w{1,10}|[IU](8|16|32|64)|BOOL");

  private final Map<String, String> metadata;
  private final ParameterLayout stored;
  private final float[] values;

  private Safetensors(Map<String, String> metadata, ParameterLayout stored, float[] values) {
    this.metadata = metadata;
    this.stored = stored;
    this.values = values;
  }

  /** Writes every slice of a flat vector as a tensor. */
  public static void write(
      OutputStream out, Map<String, String> metadata, ParameterLayout layout, float[] values)
      throws IOException {
    writeHeader(out, metadata, layout);
    FloatArrays.write(out, values, 0, layout.length());
  }

  /** Writes what stands before the values of a layout, which are to follow in its order. */
  public static void writeHeader(
      OutputStream out, Map<String, String> metadata, ParameterLayout layout) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode notes = header.putObject(METADATA);
    new TreeMap<>(metadata).forEach(notes::put);
    for (ParameterLayout.Slice slice : layout.slices()) {
      ObjectNode tensor = header.putObject(slice.name());
      tensor.put("dtype", "F32");
      slice.shape().forEach(tensor.putArray("shape")::add);
      long begin = (long) slice.offset() * Float.BYTES;
      tensor.putArray("data_offsets").add(begin).add(begin + (long) slice.length() * Float.BYTES);
    }
    String json = header.toString();
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    byte[] padded = (json + " ".repeat(-length & 7)).getBytes(StandardCharsets.UTF_8);
    var prefix = new byte[Long.BYTES];
    ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).putLong(padded.length);
    out.write(prefix);
    out.write(padded);
  }

  /**
   * Reads a whole file; allocates no more than it can fill.
   *
   * @param bytes that the file holds
   * @throws IOException if it is not in this format, ends early, or holds a tensor that is not
   *     float32
   */
  public static Safetensors read(InputStream in, long bytes) throws IOException {
    var prefix = new byte[Long.BYTES];
    FloatArrays.readFully(in, prefix, prefix.length);
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > Math.min(LONGEST_HEADER, bytes - Long.BYTES)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "no safetensors file: a header of %d bytes in a file of %d",
              length,
              bytes));
    }
    var header = new byte[(int) length];
    FloatArrays.readFully(in, header, header.length);
    JsonNode json = JSON.readTree(new String(header, StandardCharsets.UTF_8));
    var metadata = new TreeMap<String, String>();
    json.path(METADATA)
        .fields()
        .forEachRemaining(e -> metadata.put(e.getKey(), e.getValue().asText()));
    ParameterLayout stored = layout(json);
    long data = (long) stored.length() * Float.BYTES;
    if (data != bytes - Long.BYTES - length) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "safetensors: tensors of %d bytes behind a header of %d in a file of %d",
              data,
              length,
              bytes));
    }
    var values = new float[stored.length()];
    FloatArrays.read(in, values, 0, values.length);
    return new Safetensors(metadata, stored, values);
  }

  /** Free text that was stored beside the tensors. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Names and shapes of the tensors, in the order in which they are stored. */
  public ParameterLayout layout() {
    return stored;
  }

  /** All values in the order of {@link #layout}; the array itself, not a copy. */
  public float[] values() {
    return values;
  }

  /**
   * The tensors as one flat vector in that layout's order.
   *
   * @throws CheckpointException if a tensor is missing, has another shape or is not in the layout
   */
  public float[] values(ParameterLayout layout) {
    Require.intact(
        stored.slices().size() == layout.slices().size(),
        String.format(
            Locale.ROOT,
            "safetensors: holds %d tensors, the network has %d",
            stored.slices().size(),
            layout.slices().size()));
    var flat = new float[layout.length()];
    for (ParameterLayout.Slice to : layout.slices()) {
      Require.intact(
          stored.contains(to.name()),
          String.format(Locale.ROOT, "safetensors: holds no %s", to.name()));
      ParameterLayout.Slice from = stored.slice(to.name());
      Require.intact(
          from.shape().equals(to.shape()),
          String.format(
              Locale.ROOT,
              "safetensors: %s has shape %s, the network's has %s",
              to.name(),
              from.shape(),
              to.shape()));
      System.arraycopy(values, from.offset(), flat, to.offset(), to.length());
    }
    return flat;
  }

  /** The stored order; tensors must follow each other without gaps, as the format asks. */
  private static ParameterLayout layout(JsonNode header) throws IOException {
    List<Map.Entry<String, JsonNode>> tensors = new ArrayList<>();
    header.fields().forEachRemaining(tensors::add);
    tensors.removeIf(tensor -> tensor.getKey().equals(METADATA));
    tensors.sort(Comparator.comparingLong(tensor -> offset(tensor.getValue(), 0)));
    var layout = new ParameterLayout();
    for (Map.Entry<String, JsonNode> tensor : tensors) {
      JsonNode node = tensor.getValue();
      String type = node.path("dtype").asText();
      if (OTHER_TYPE.matcher(type).matches()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "safetensors: tensor %s is of type %s, only F32 is read; PyTorch's .float() makes it",
                shown(tensor.getKey()),
                type));
      }
      long begin = (long) layout.length() * Float.BYTES;
      if (!append(layout, tensor.getKey(), node.path("shape"))
          || !type.equals("F32")
          || offset(node, 0) != begin
          || offset(node, 1) != (long) layout.length() * Float.BYTES) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "safetensors: unexpected tensor %s: %s",
                shown(tensor.getKey()),
                shown(node.toString())));
      }
    }
    return layout;
  }

  /** Whether the shape is one: whole numbers that are not negative, of fewer than 2^31 values. */
  private static boolean append(ParameterLayout layout, String name, JsonNode shape) {
    var dimensions = new int[shape.size()];
    for (int i = 0; i < dimensions.length; i++) {
      JsonNode dimension = shape.get(i);
      if (dimension == null
          || !dimension.isIntegralNumber()
          || !dimension.canConvertToInt()
          || dimension.asInt() < 0) {
        return false;
      }
      dimensions[i] = dimension.asInt();
    }
    try {
      layout.add(name, dimensions);
      return shape.isArray();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static long offset(JsonNode tensor, int which) {
    JsonNode offset = tensor.path("data_offsets").path(which);
    return offset.isIntegralNumber() && offset.canConvertToLong() ? offset.asLong() : -1;
  }

  private static String shown(String value) {
    return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "...";
  }
}
