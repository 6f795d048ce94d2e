package org.rondo.runs.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads event files by the descriptions of their formats; knows nothing of how Rondo writes. */
final class EventFileReader {
  /** The fields of a message: numbers, and the bytes of texts and messages, by number. */
  record Message(Map<Integer, List<Object>> fields) {
    double number(int field) {
      return ((Number) fields.get(field).get(0)).doubleValue();
    }

    String text(int field) {
      return new String((byte[]) fields.get(field).get(0), StandardCharsets.UTF_8);
    }

    List<Message> messages(int field) {
      return fields.getOrDefault(field, List.of()).stream().map(b -> message((byte[]) b)).toList();
    }

    boolean has(int field) {
      return fields.containsKey(field);
    }
  }

  private EventFileReader() {}

  /** Every event of a file. */
  static List<Message> events(byte[] file) {
    var events = new ArrayList<Message>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      var length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).as("checksum of a length").isEqualTo(masked(length));
      var data = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertThat(in.getInt()).as("checksum of a record").isEqualTo(masked(data));
      events.add(message(data));
    }
    return events;
  }

  private static int masked(byte[] data) {
    int crc = crc32c(data);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  /** Bit by bit, the polynomial 0x1EDC6F41 reversed. */
  static int crc32c(byte[] data) {
    int crc = ~0;
    for (byte each : data) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
      }
    }
    return ~crc;
  }

  static Message message(byte[] data) {
    var fields = new TreeMap<Integer, List<Object>>();
    ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long key = varint(in);
      Object value =
          switch ((int) key & 7) {
            case 0 -> varint(in);
            case 1 -> in.getDouble();
            case 2 -> {
              var bytes = new byte[(int) varint(in)];
              in.get(bytes);
              yield bytes;
            }
            case 5 -> in.getFloat();
            default -> throw new AssertionError("wire type " + (key & 7));
          };
      fields.computeIfAbsent((int) (key >>> 3), field -> new ArrayList<>()).add(value);
    }
    return new Message(fields);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
