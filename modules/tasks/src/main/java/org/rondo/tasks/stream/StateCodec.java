package org.rondo.tasks.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;

/**
 * The state of a key as bytes, all of the same length. Little-endian: a byte for the version of the
 * format, 4 bytes that tell which model the state belongs to, 8 bytes for the count of events, the
 * hidden state as float32, and as float64 what the task remembers.
 */
public final class StateCodec {
  private static final byte VERSION = 1;
  private static final int HEADER = 1 + Integer.BYTES + Long.BYTES;
  private static final int CHUNK = 1 << 14;

  private final int model;
  private final int floats;
  private final int doubles;

  /**
   * @param floats of the hidden state of one sequence
   * @param doubles that the task remembers
   */
  StateCodec(NetworkSpec spec, float[] parameters, int floats, int doubles) {
    this.model = checksum(spec, parameters);
    this.floats = floats;
    this.doubles = doubles;
  }

  /**
   * Bytes of the state of a key of that trained network.
   *
   * @param memory numbers that the task remembers
   * @throws IllegalArgumentException if the network predicts only of whole sequences, saying why
   */
  public static int length(NetworkSpec trained, int memory) {
    return HEADER
        + Network.stateLength(StreamedNetwork.of(trained), 1) * Float.BYTES
        + memory * Double.BYTES;
  }

  private static int checksum(NetworkSpec spec, float[] parameters) {
    var sum = new CRC32C();
    sum.update(spec.toJson().getBytes(StandardCharsets.UTF_8));
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < parameters.length; at += CHUNK) {
      int count = Math.min(CHUNK, parameters.length - at);
      chunk.clear();
      chunk.asFloatBuffer().put(parameters, at, count);
      sum.update(chunk.limit(count * Float.BYTES));
    }
    return (int) sum.getValue();
  }

  /** Bytes of a state. */
  public int length() {
    return HEADER + floats * Float.BYTES + doubles * Double.BYTES;
  }

  /** The state of a key without events. */
  public KeyState start() {
    return new KeyState(new float[floats], new double[doubles], 0);
  }

  /** The state as {@link #length} bytes. */
  public byte[] encode(KeyState state) {
    ByteBuffer bytes = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(VERSION).putInt(model).putLong(state.events());
    bytes.asFloatBuffer().put(state.values());
    bytes.position(HEADER + floats * Float.BYTES);
    bytes.asDoubleBuffer().put(state.memory());
    return bytes.array();
  }

  /**
   * The state of {@link #encode}.
   *
   * @throws IllegalArgumentException if these bytes are no state of this model
   */
  public KeyState decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    if (encoded.length < HEADER || bytes.get() != VERSION) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "%d bytes of format %d; this program reads %d bytes of format %d",
              encoded.length,
              encoded.length == 0 ? 0 : encoded[0],
              length(),
              VERSION));
    }
    int found = bytes.getInt();
    if (found != model || encoded.length != length()) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "%d bytes of model %08x, but model %08x scores, whose states are %d bytes; start a stream of another model with a new checkpoint location",
              encoded.length,
              found,
              model,
              length()));
    }
    long events = bytes.getLong();
    var values = new float[floats];
    bytes.asFloatBuffer().get(values);
    var memory = new double[doubles];
    bytes.position(HEADER + floats * Float.BYTES);
    bytes.asDoubleBuffer().get(memory);
    return new KeyState(values, memory, events);
  }

  private static IllegalArgumentException refusal(String problem) {
    return new IllegalArgumentException("state of a key: " + problem);
  }
}
