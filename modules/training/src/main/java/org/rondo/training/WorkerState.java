package org.rondo.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.StorageReason;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Files;
import org.rondo.training.storage.FloatArrays;
import org.rondo.training.storage.Require;
import org.rondo.training.storage.Storage;

/**
 * What one shard carries from round to round: the number of minibatches trained, which is its place
 * in the text, how many of them had no target, the hidden state there, the optimizer's slots, and
 * its parameters where shards never meet, or their progress in the last round where steps are late.
 * Immutable; holds arrays, so it is no record.
 *
 * <p>As a file: magic and version, shard, steps, idle (big-endian), then the hidden state, the
 * parameters and each slot as a count and little-endian float32 values.
 */
public final class WorkerState implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MAGIC = 0x524F4E53; // "RONS"
  private static final int VERSION = 4;

  /** Which took a step without targets as well, and so has no count of them. */
  private static final int VERSION_WITHOUT_IDLE = 3;

  private final int shard;
  private final long steps;
  private final long idle;
  private final float[] hidden;
  private final List<float[]> slots;
  private final float[] parameters;

  public WorkerState(
      int shard, long steps, long idle, float[] hidden, List<float[]> slots, float[] parameters) {
    this.shard = shard;
    this.steps = steps;
    this.idle = idle;
    this.hidden = hidden;
    this.slots = new ArrayList<>(slots);
    this.parameters = parameters;
  }

  /** The state of a shard that was never trained. Empty vectors stand for zeros. */
  public static WorkerState initial(int shard) {
    return new WorkerState(shard, 0, 0, new float[0], List.of(), new float[0]);
  }

  /** Which shard. */
  public int shard() {
    return shard;
  }

  /** Minibatches trained so far; the number of the shard's next one. */
  public long steps() {
    return steps;
  }

  /** How many of them had no target, and so took no step of the optimizer. */
  public long idle() {
    return idle;
  }

  /** The hidden state before the next minibatch; empty at first; not to be modified. */
  public float[] hidden() {
    return hidden;
  }

  /** The optimizer's slots; empty at first; not to be modified. */
  public List<float[]> slots() {
    return slots;
  }

  /** The shard's own; empty where it begins every round at the common ones; not to be modified. */
  float[] parameters() {
    return parameters;
  }

  void write(OutputStream out) throws IOException {
    var data = new DataOutputStream(out);
    data.writeInt(MAGIC);
    data.writeInt(VERSION);
    data.writeInt(shard);
    data.writeLong(steps);
    data.writeLong(idle);
    data.writeInt(slots.size());
    writeVector(data, hidden);
    writeVector(data, parameters);
    for (float[] slot : slots) {
      writeVector(data, slot);
    }
    data.flush();
  }

  /**
   * What stands before the values of the hidden state.
   *
   * @param slots how many follow
   * @param hidden values of the hidden state
   * @param bytes of the header itself
   */
  public record Header(int shard, long steps, long idle, int slots, int hidden, int bytes) {
    private static final int BYTES = 5 * Integer.BYTES + 2 * Long.BYTES;

    public static Header read(DataInputStream data, long bytes) throws IOException {
      Require.intact(bytes >= BYTES, String.format(Locale.ROOT, "a state of %d bytes", bytes));
      int magic = data.readInt();
      int version = data.readInt();
      Require.intact(
          magic == MAGIC && (version == VERSION || version == VERSION_WITHOUT_IDLE),
          String.format(
              Locale.ROOT,
              "not a shard's state of version %d: magic %08x, version %d",
              VERSION,
              magic,
              version));
      boolean counts = version == VERSION;
      int shard = data.readInt();
      long steps = data.readLong();
      long idle = counts ? data.readLong() : 0;
      int slots = data.readInt();
      return new Header(
          shard, steps, idle, slots, data.readInt(), counts ? BYTES : BYTES - Long.BYTES);
    }
  }

  /**
   * Reads what {@link #write} wrote; allocates no vector that the file cannot hold.
   *
   * @param bytes that the file holds
   * @throws CheckpointException if it is not in this format
   */
  public static WorkerState read(InputStream in, long bytes) throws IOException {
    var data = new DataInputStream(in);
    Header header = Header.read(data, bytes);
    Require.intact(
        header.shard >= 0 && header.steps >= 0 && header.idle >= 0 && header.slots >= 0,
        "negative counts: " + header);
    var left = new Left(bytes - header.bytes);
    float[] hidden = left.vector(data, header.hidden, "the hidden state");
    float[] parameters = left.vector(data, left.length(data), "the parameters");
    var slots = new ArrayList<float[]>();
    for (int i = 0; i < header.slots; i++) {
      slots.add(left.vector(data, left.length(data), "a slot"));
    }
    left.requireNothing();
    return new WorkerState(header.shard, header.steps, header.idle, hidden, slots, parameters);
  }

  /** Bytes of the file that are left: no vector is longer, so none ends early. */
  private static final class Left {
    private long bytes;

    Left(long bytes) {
      this.bytes = bytes;
    }

    int length(DataInputStream data) throws IOException {
      Require.intact(bytes >= Integer.BYTES, "ends where a vector should begin");
      bytes -= Integer.BYTES;
      return data.readInt();
    }

    float[] vector(DataInputStream data, int length, String what) throws IOException {
      Require.intact(
          length >= 0 && length <= bytes / Float.BYTES,
          String.format(Locale.ROOT, "%s: a vector of %d values in %d bytes", what, length, bytes));
      bytes -= (long) length * Float.BYTES;
      var values = new float[length];
      FloatArrays.read(data, values, 0, length);
      for (float value : values) {
        Require.intact(!Float.isNaN(value), what + " holds NaN");
      }
      return values;
    }

    void requireNothing() {
      Require.intact(
          bytes == 0, String.format(Locale.ROOT, "%d bytes behind the last vector", bytes));
    }
  }

  /**
   * Writes the state as a file of a checkpoint.
   *
   * @param attempt names the writer, so that one that is repeated does not meet its own leavings
   */
  public FileEntry save(Storage folder, long attempt) {
    String name = String.format(Locale.ROOT, "state/shard-%05d.%d.bin", shard, attempt);
    try {
      return Files.create(folder, name, this::write);
    } catch (IOException e) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "state of shard %d: cannot write %s: %s",
              shard,
              folder.path(name),
              StorageReason.of(e)),
          e);
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws CheckpointException naming the file if it is missing, truncated or corrupt
   */
  public static WorkerState load(Storage folder, FileEntry entry) {
    return Files.read(folder, entry, WorkerState::read);
  }

  private static void writeVector(DataOutputStream data, float[] values) throws IOException {
    data.writeInt(values.length);
    FloatArrays.write(data, values, 0, values.length);
  }
}
