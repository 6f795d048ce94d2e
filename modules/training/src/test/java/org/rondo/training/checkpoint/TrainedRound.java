package org.rondo.training.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.Score;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.models.Network;
import org.rondo.testkit.FaultyFileSystem;
import org.rondo.training.Carrier;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TinyJob;
import org.rondo.training.TrainingJob;

/** A tiny job after a round of training, ready to be written as checkpoints. */
abstract class TrainedRound {
  @TempDir Path folder;
  TrainingJob job;
  Corpus corpus;
  Path output;
  float[] parameters;
  Carrier carrier;

  @BeforeEach
  void trainARound() {
    job = TinyJob.of(folder, TinyJob.text(), TinyJob.plan(2, "adam"));
    corpus = TinyJob.corpus(job);
    output = folder.resolve("output");
    parameters = Network.initialParameters(job.network(), 5);
    carrier = new ThreadCarrier(job);
    parameters = carrier.run(TinyJob.round(job, 1), parameters).mean();
  }

  @AfterEach
  void close() {
    carrier.close();
    FaultyFileSystem.heal();
  }

  CheckpointStore store() {
    return new CheckpointStore(TinyJob.storage("faulty", output));
  }

  CheckpointWriter writer() {
    return new CheckpointWriter(store(), job, corpus, TinyJob.FINGERPRINT, event -> {});
  }

  CommonState common() {
    return CommonState.initial(job, parameters);
  }

  /** The state of a run after so many rounds, the best of which was that one. */
  static RunState run(int round, int best) {
    return new RunState(
        round,
        3L * round,
        0,
        100L * round,
        1.5,
        0.25,
        best == 0 ? Double.POSITIVE_INFINITY : 2.5,
        best == 0 ? List.of() : List.of(new Score("loss", 2.5, false)),
        best,
        1,
        1,
        0,
        List.of(new Resharding(1, 4, 2)));
  }

  Path file(int round, String name) {
    return output.resolve("checkpoints/round-%06d/%s".formatted(round, name));
  }

  static Checkpoint open(Path path) {
    return Checkpoint.open(new org.apache.hadoop.fs.Path("file:" + path), TinyJob.HADOOP);
  }

  /** Without the zeros that fill their numbers. */
  List<String> checkpoints() {
    String[] names = output.resolve("checkpoints").toFile().list();
    return Stream.of(names).map(name -> name.replaceAll("-0+", "-")).toList();
  }

  /** A directory is there, but no stream opens on it, whoever asks. */
  static void makeUnreadable(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
  }
}
