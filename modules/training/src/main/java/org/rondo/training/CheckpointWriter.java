package org.rondo.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rondo.ingest.Corpus;
import org.rondo.models.Network;

/**
 * Writes the checkpoints of one run. A folder becomes a checkpoint when its manifest is there, the
 * last file to be written; a write that fails deletes what it left and leaves the checkpoints
 * before it alone.
 */
public final class CheckpointWriter {
  private final CheckpointStore store;
  private final TrainingJob job;
  private final Corpus corpus;
  private final String fingerprint;

  /**
   * @param corpus that is trained on
   * @param fingerprint of the driver's kernels
   */
  public CheckpointWriter(
      CheckpointStore store, TrainingJob job, Corpus corpus, String fingerprint) {
    this.store = store;
    this.job = job;
    this.corpus = corpus;
    this.fingerprint = fingerprint;
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
    write(
        folder,
        run,
        common.parameters(),
        () -> {
          var files = new ArrayList<>(carrier.writeStates(folder));
          common.write(folder).ifPresent(files::add);
          return files;
        });
    store.keepRounds(job.plan().checkpoint().keep());
    store.keepBest(run.bestRound());
    return folder.uri();
  }

  /**
   * Writes the best parameters, without states, then deletes best ones that were surpassed, except
   * the one that a resumed run would count on.
   *
   * @return its folder
   * @throws TrainingException if it cannot be written; the best one before stays
   */
  public String writeBest(RunState run, float[] parameters) {
    Storage folder = store.bestFolder(run.round());
    write(folder, run, parameters, List::of);
    int resumable = store.latest().map(c -> c.run().state().bestRound()).orElse(run.bestRound());
    store.keepBest(run.bestRound(), resumable);
    return folder.uri();
  }

  /** Writes files and hands back their entries. */
  private interface States {
    List<FileEntry> write() throws IOException;
  }

  private void write(Storage folder, RunState run, float[] parameters, States states) {
    // What lies there is half-written, or of a run that went on from an earlier round.
    store.delete(folder);
    try {
      var files = new ArrayList<>(states.write());
      files.add(Files.create(folder, Checkpoint.NETWORK, job.network().toJson()));
      files.add(Files.create(folder, Checkpoint.VOCABULARY, corpus.vocabulary().toJson()));
      var record =
          new RunRecord(
              job.plan(),
              run,
              corpus.fingerprint(Corpus.TRAIN),
              corpus.fingerprint(Corpus.VALIDATION));
      files.add(Files.create(folder, Checkpoint.RUN, Manifest.toJson(record)));
      Map<String, String> notes =
          Map.of("round", Integer.toString(run.round()), "fingerprint", fingerprint);
      files.add(
          Files.create(
              folder,
              Checkpoint.PARAMETERS,
              out -> Safetensors.write(out, notes, Network.layout(job.network()), parameters)));
      var manifest = new Manifest(Manifest.VERSION, run.round(), fingerprint, files);
      Files.create(folder, Manifest.NAME, manifest.toJson());
    } catch (IOException | RuntimeException e) {
      throw failed(folder, run.round(), e);
    }
  }

  private TrainingException failed(Storage folder, int round, Exception cause) {
    String message =
        "checkpoint of round %d could not be written to %s: %s; the last good one is %s"
            .formatted(round, folder.uri(), cause.getMessage(), lastGood());
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
      return store.latest().map(c -> c.folder().uri()).orElse("none");
    } catch (RuntimeException e) {
      return "unknown (%s)".formatted(e.getMessage());
    }
  }
}
