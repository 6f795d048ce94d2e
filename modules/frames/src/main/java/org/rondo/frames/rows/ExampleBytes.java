package org.rondo.frames.rows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rondo.tasks.Column;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Example;

/**
 * Examples as bytes, which are equal where the values of all roles are: whatever format and types
 * they were read from. In the order of the roles, each is a byte, 0 where it has no value, and its
 * value, big-endian.
 */
public final class ExampleBytes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The role of a column of several labels; tags, which are of the same type, have another. */
  private static final String LABELS = "label";

  private final String[] roles;
  private final ColumnType[] types;
  private final Map<String, String> names;

  /**
   * @param columns the roles
   * @param names the column of each role, for errors; a role that is missing has one of its name
   */
  public ExampleBytes(List<Column> columns, Map<String, String> names) {
    this.names = new HashMap<>(names); // serializable, whatever it was
    roles = columns.stream().map(Column::role).toArray(String[]::new);
    types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
  }

  /** The labels of an example, each once, where its task reads any: one, or several. */
  public Set<String> labelsOf(Example example) {
    for (int i = 0; i < roles.length; i++) {
      if (example.has(roles[i])) {
        if (types[i] == ColumnType.LABEL) {
          return Set.of(example.text(roles[i]));
        }
        if (types[i] == ColumnType.TOKENS && roles[i].equals(LABELS)) {
          return new TreeSet<>(example.tokens(roles[i]));
        }
      }
    }
    return Set.of();
  }

  /** The values of an example; not its place. */
  public byte[] encode(Example example) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (int i = 0; i < roles.length; i++) {
        out.writeBoolean(example.has(roles[i]));
        if (example.has(roles[i])) {
          write(out, types[i], roles[i], example);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, ColumnType type, String role, Example example)
      throws IOException {
    switch (type) {
      case TEXT, LABEL -> write(out, example.text(role));
      case BYTES -> write(out, example.bytes(role));
      case NUMBER -> out.writeDouble(example.number(role));
      case TOKENS -> {
        List<String> tokens = example.tokens(role);
        out.writeInt(tokens.size());
        for (String token : tokens) {
          write(out, token);
        }
      }
      case NUMBERS -> {
        double[] numbers = example.numbers(role);
        out.writeInt(numbers.length);
        for (double number : numbers) {
          out.writeDouble(number);
        }
      }
      case SERIES, SERIES_WITH_GAPS -> {
        float[][] series = example.series(role);
        out.writeInt(series.length);
        out.writeInt(series.length == 0 ? 0 : series[0].length);
        for (float[] step : series) {
          for (float value : step) {
            out.writeFloat(value);
          }
        }
      }
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * The example of {@link #encode}.
   *
   * @param place of the row
   */
  public Example decode(byte[] bytes, String place) {
    var values = new HashMap<String, Object>();
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int i = 0; i < roles.length; i++) {
        if (in.readBoolean()) {
          values.put(roles[i], read(in, types[i]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Example(place, values, names);
  }

  private static Object read(DataInputStream in, ColumnType type) throws IOException {
    return switch (type) {
      case TEXT, LABEL -> text(in);
      case BYTES -> in.readNBytes(in.readInt());
      case NUMBER -> in.readDouble();
      case TOKENS -> {
        int count = in.readInt();
        var tokens = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
          tokens.add(text(in));
        }
        yield List.copyOf(tokens);
      }
      case NUMBERS -> {
        var numbers = new double[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = in.readDouble();
        }
        yield numbers;
      }
      case SERIES, SERIES_WITH_GAPS -> {
        var series = new float[in.readInt()][in.readInt()];
        for (float[] step : series) {
          for (int f = 0; f < step.length; f++) {
            step[f] = in.readFloat();
          }
        }
        yield series;
      }
    };
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
