package org.rondo.training.checkpoint;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.training.TrainingPlan;
import org.rondo.training.WorkerState;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Files;
import org.rondo.training.storage.Require;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.Exchange;
import org.rondo.training.sync.SlotPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What shards must have carried to go on in a run. The checksum of a state tells that it is as it
 * was written, not that it belongs to the network, the optimizer and the run.
 *
 * @param hidden values of a hidden state
 * @param slots of the optimizer that a shard carries
 * @param parameters values of a slot, and of the parameters of a shard that carries its own
 * @param own whether shards carry parameters of their own, or their progress
 * @param minibatches per shard that the run trained
 * @param first whether the first shard trained all of them, as it does unless the run was resharded
 */
record StateShape(
    int hidden, int slots, int parameters, boolean own, long minibatches, boolean first) {
  private static final Logger LOG = LoggerFactory.getLogger(StateShape.class);

  /** Of that network and plan after the rounds of that run. */
  static StateShape of(NetworkSpec network, TrainingPlan plan, RunState run) {
    Exchange exchange = plan.sync().exchange();
    boolean keepsSlots = exchange != Exchange.GRADIENTS && plan.sync().slots() == SlotPolicy.KEEP;
    return new StateShape(
        Network.stateLength(network, plan.rounds().batch()),
        keepsSlots ? Optimizer.named(plan.update().optimizer().name()).slots() : 0,
        Network.layout(network).length(),
        exchange == Exchange.NOTHING || exchange == Exchange.PROGRESS,
        run.minibatches(),
        run.reshardings().isEmpty());
  }

  /**
   * Checks the states of a checkpoint before anything of it goes on, as far as the beginnings and
   * lengths of their files tell. Says nothing where storage does not answer: the task that loads
   * the state waits for it.
   *
   * @throws CheckpointException naming the file and what does not fit
   */
  void requireFit(Checkpoint checkpoint) {
    List<FileEntry> states = checkpoint.states();
    for (int shard = 0; shard < states.size(); shard++) {
      requireFits(checkpoint.folder(), states.get(shard), shard);
    }
  }

  private void requireFits(Storage folder, FileEntry entry, int shard) {
    try (InputStream in = folder.fileSystem().open(folder.path(entry.name()))) {
      var header = WorkerState.Header.read(new DataInputStream(in), entry.bytes());
      requireFits(header, shard, entry.bytes());
    } catch (CheckpointException e) {
      Files.requireIntact(folder, entry);
      throw new CheckpointException(
          String.format(
              Locale.ROOT, "checkpoint: %s: %s", folder.path(entry.name()), e.getMessage()),
          e);
    } catch (IOException e) {
      LOG.debug("{} is checked where it is loaded: {}", entry.name(), e.toString());
    }
  }

  /**
   * Checks what stands at the beginning of a state's file, and against it the file's length.
   *
   * @param shard that the state is taken for
   * @param bytes that the file holds
   * @throws CheckpointException naming what does not fit
   */
  void requireFits(WorkerState.Header header, int shard, long bytes) {
    require(header.shard(), shard, "shard");
    requirePlace(header, shard);
    // Before its first minibatch a shard carries nothing: empty vectors stand for zeros.
    boolean trained = header.steps() > 0;
    int expectedSlots = trained ? slots : 0;
    int expectedHidden = trained ? hidden : 0;
    require(header.slots(), expectedSlots, "slots of the optimizer");
    require(header.hidden(), expectedHidden, "values of the hidden state");
    long vectors = expectedSlots + (trained && own ? 1L : 0L);
    long expected =
        header.bytes()
            + (1L + expectedSlots) * Integer.BYTES
            + (expectedHidden + vectors * parameters) * Float.BYTES;
    require(bytes, expected, "bytes");
  }

  private void requirePlace(WorkerState.Header header, int shard) {
    long steps = header.steps();
    boolean all = first && shard == 0;
    Require.intact(
        steps >= 0 && (all ? steps == minibatches : steps <= minibatches),
        String.format(
            Locale.ROOT,
            "minibatches: the state of shard %d counts %d, %s %d",
            shard,
            steps,
            Checkpoint.RUN,
            minibatches));
    Require.intact(
        header.idle() >= 0 && header.idle() <= steps,
        String.format(Locale.ROOT, "minibatches without targets: %d of %d", header.idle(), steps));
  }

  private static void require(long there, long expected, String what) {
    Require.intact(
        there == expected,
        String.format(
            Locale.ROOT, "%s: the state has %d, this run's have %d", what, there, expected));
  }
}
