package org.rondo.training.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Split;
import org.rondo.models.Network;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.Versions;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Files;
import org.rondo.training.storage.Retries;
import org.rondo.training.storage.Safetensors;
import org.rondo.training.storage.Storage;

/**
 * Writes the checkpoints of one run. A folder becomes a checkpoint when its manifest is there, the
 * last file to be written. What storage refuses is tried again, see {@link CheckpointPlan#retries};
 * a write that fails for good deletes what it left and leaves the checkpoints before it alone.
 */
public final class CheckpointWriter {
  private final CheckpointStore store;
  private final TrainingJob job;
  private final Dataset dataset;
  private final String fingerprint;
  private final TrainingListener listener;
  private final Retries.Pause pause;

  /**
   * @param dataset that is trained on
   * @param fingerprint of the driver's kernels
   * @param listener is told of failures that are tried again
   */
  public CheckpointWriter(
      CheckpointStore store,
      TrainingJob job,
      Dataset dataset,
      String fingerprint,
      TrainingListener listener) {
    this(store, job, dataset, fingerprint, listener, Retries.Pause.SLEEP);
  }

  CheckpointWriter(
      CheckpointStore store,
      TrainingJob job,
      Dataset dataset,
      String fingerprint,
      TrainingListener listener,
      Retries.Pause pause) {
    this.store = store;
    this.job = job;
    this.dataset = dataset;
    this.fingerprint = fingerprint;
    this.listener = listener;
    this.pause = pause;
  }

  /**
   * Writes a checkpoint to resume from, then deletes those that {@link CheckpointPlan#keep} no
   * longer keeps and best ones that were surpassed.
   *
   * @return its folder
   * @throws TrainingException if it cannot be written; the last good one stays
   */
  public String writeRound(RunState run, CommonState common, Carrier carrier) {
    Storage folder = store.roundFolder(run.round());
    Retries retries = retries(run.round());
    Map<String, Files.Content> contents = contents(run, common.parameters());
    common.content().ifPresent(outer -> contents.put(OuterVectors.NAME, outer));
    write(folder, run, contents, retries, () -> carrier.writeStates(folder));
    retries.run(
        () -> {
          store.keepRounds(job.plan().checkpoint().keep());
          store.keepBest(run);
          return folder;
        });
    return folder.uri();
  }

  /**
   * Writes the best parameters, without states, then deletes best ones that were surpassed, except
   * those that a resumed run would count on.
   *
   * @return its folder
   * @throws TrainingException if it cannot be written; the best one before stays
   */
  public String writeBest(RunState run, float[] parameters) {
    Storage folder = store.bestFolder(run.round());
    Retries retries = retries(run.round());
    write(folder, run, contents(run, parameters), retries, List::of);
    retries.run(
        () -> {
          store.keepBest(run);
          return folder;
        });
    return folder.uri();
  }

  private Retries retries(int round) {
    int limit = job.plan().checkpoint().retries();
    return new Retries(
        limit,
        pause,
        (failure, retry, seconds) ->
            listener.on(
                new TrainingEvent.StorageFailed(
                    round, String.valueOf(failure.getMessage()), retry, limit, seconds)));
  }

  /** Writes files and hands back their entries. */
  private interface States {
    List<FileEntry> write();
  }

  private void write(
      Storage folder,
      RunState run,
      Map<String, Files.Content> contents,
      Retries retries,
      States states) {
    try {
      // Once the states are there, they stay: a carrier may compute from these files from now on.
      var files =
          new ArrayList<>(
              retries.run(
                  () -> {
                    store.clear(folder);
                    return states.write();
                  }));
      contents.forEach(
          (name, content) -> files.add(retries.run(() -> replace(folder, name, content))));
      String manifest = new Manifest(Manifest.VERSION, run.round(), fingerprint, files).toJson();
      retries.run(() -> commit(folder, text(manifest)));
    } catch (RuntimeException e) {
      throw failed(folder, run.round(), e);
    }
  }

  /** What every checkpoint holds, by the names of the files. */
  private Map<String, Files.Content> contents(RunState run, float[] parameters) {
    var record =
        new RunRecord(
            job.plan(),
            run,
            dataset.fingerprint(Split.TRAIN),
            dataset.fingerprint(Split.VALIDATION),
            Versions.rondo());
    Map<String, String> notes = notes(run.round(), fingerprint);
    var contents = new LinkedHashMap<String, Files.Content>();
    contents.put(Checkpoint.NETWORK, text(job.network().toJson()));
    dataset.dictionaries().forEach((name, dictionary) -> contents.put(name, text(dictionary)));
    contents.put(Checkpoint.RUN, text(Manifest.toJson(record)));
    contents.put(
        Checkpoint.PARAMETERS,
        out -> Safetensors.write(out, notes, Network.layout(job.network()), parameters));
    return contents;
  }

  /** What stands beside the parameters, for readers that know no manifest. */
  static Map<String, String> notes(int round, String fingerprint) {
    return Map.of("round", Integer.toString(round), "fingerprint", fingerprint);
  }

  static Files.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** By a rename, so that a driver that dies leaves a whole manifest or none. */
  static FileEntry commit(Storage folder, Files.Content manifest) throws IOException {
    FileEntry entry = replace(folder, CheckpointFiles.NEXT_MANIFEST, manifest);
    FileSystem files = folder.fileSystem();
    Path written = folder.path(CheckpointFiles.NEXT_MANIFEST);
    if (!files.rename(written, folder.path(Manifest.NAME))) {
      throw new IOException(
          String.format(Locale.ROOT, "cannot rename %s to %s", written, Manifest.NAME));
    }
    return entry;
  }

  /** In place of what an attempt that failed has left. */
  private static FileEntry replace(Storage folder, String name, Files.Content content)
      throws IOException {
    folder.fileSystem().delete(folder.path(name), false);
    return Files.create(folder, name, content);
  }

  private TrainingException failed(Storage folder, int round, Exception cause) {
    String message =
        String.format(
            Locale.ROOT,
            "checkpoint of round %d could not be written to %s: %s; the last good one is %s",
            round,
            folder.uri(),
            cause.getMessage(),
            lastGood());
    var failure = new TrainingException(message, cause);
    try {
      store.delete(folder);
    } catch (TrainingException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /** For people: a failure to find it must not hide the one that is being told. */
  private String lastGood() {
    try {
      return store.latest().or(store::best).map(c -> c.folder().uri()).orElse("none");
    } catch (RuntimeException e) {
      return String.format(Locale.ROOT, "unknown (%s)", e.getMessage());
    }
  }
}
