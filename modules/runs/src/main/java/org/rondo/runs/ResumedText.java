package org.rondo.runs;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.TemporaryCorpus;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.checkpoint.CheckpointStore;
import org.rondo.training.checkpoint.RunRecord;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.Storage;

/** Refuses to resume with another text or tokenizer before a corpus of it is written. */
public final class ResumedText {
  private ResumedText() {}

  /**
   * Compares the configured text with the newest checkpoint of the output, unless its corpus is
   * there: the run itself compares that one.
   *
   * @throws CheckpointException if there is none to resume from
   * @throws IngestException if vocabulary, training or validation text are others
   */
  public static void require(Settings settings, Configuration hadoop, RunMessages messages)
      throws IOException {
    var plans = new Plans(settings);
    plans.check();
    Optional<Checkpoint> newest =
        new CheckpointStore(Storage.of(new Path(plans.output()), hadoop))
            .newestRound(ResumedText::read)
            .requireSomeWhole();
    if (newest.isEmpty()) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "resume: there is no checkpoint yet in output = %s; is it the folder that was meant?",
              plans.output()));
    }
    if (Preparation.find(plans, hadoop).isPresent()) {
      return;
    }
    Preparation.requireText(plans);
    Path place = Preparation.folder(plans, hadoop);
    try (TemporaryCorpus text =
        Preparation.temporary(plans.corpus(), Optional.empty(), place, hadoop, messages)) {
      String there = "the checkpoint " + newest.get().folder().uri();
      text.corpus()
          .vocabulary()
          .requireSame(newest.get().vocabulary(), "the configured text", there);
      RunRecord run = newest.get().run();
      requireSame(text.corpus(), Split.TRAIN, run.trainText(), there);
      requireSame(text.corpus(), Split.VALIDATION, run.validationText(), there);
    }
  }

  private static void read(Checkpoint checkpoint) {
    checkpoint.run();
    checkpoint.vocabulary();
  }

  private static void requireSame(Corpus corpus, String split, String expected, String there) {
    String here = corpus.fingerprint(split);
    if (!here.equals(expected)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "resume: the configured %s text is another (fingerprint %.12s) than %s was trained with (%.12s)",
              split,
              here,
              there,
              expected));
    }
  }
}
