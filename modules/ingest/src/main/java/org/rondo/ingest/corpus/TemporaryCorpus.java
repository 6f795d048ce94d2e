package org.rondo.ingest.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Attempt;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.LocalUmask;
import org.rondo.ingest.Placement;
import org.rondo.ingest.StorageReason;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.Vocabulary;

/** A corpus that is gone when it is closed: it touches none that a run may read. */
public final class TemporaryCorpus implements AutoCloseable {
  private final Attempt attempt;
  private final Corpus corpus;

  private TemporaryCorpus(Attempt attempt, Corpus corpus) {
    this.attempt = attempt;
    this.corpus = corpus;
  }

  /**
   * Encodes a text.
   *
   * @param vocabulary whose ids are used; empty for a vocabulary of the text's training split
   * @param place beside which the folder is made; itself not touched
   * @throws IngestException if the text cannot be used
   * @throws UncheckedIOException if the corpus cannot be written; then nothing of it remains
   */
  public static TemporaryCorpus of(
      CorpusPlan plan,
      Optional<Vocabulary> vocabulary,
      Path place,
      Configuration hadoop,
      PrepareListener listener) {
    return DiskFailure.worded(
        "corpus: cannot write beside",
        place,
        () -> {
          FileSystem fs = LocalUmask.respectedBy(place.getFileSystem(hadoop));
          Path real = Placement.real(fs, place);
          Attempt.removeLeftovers(fs, real);
          Attempt attempt = Attempt.beside(fs, real);
          try {
            var writer = new CorpusWriter(Origin.find(plan, hadoop), hadoop, listener);
            DiskFailure.asException(
                () -> {
                  writer.write(fs, attempt, vocabulary);
                  return attempt;
                });
            return new TemporaryCorpus(attempt, Corpus.open(attempt.folder(), hadoop));
          } catch (IOException | RuntimeException e) {
            attempt.close();
            throw e;
          }
        });
  }

  /** Encoded; a {@code train} split alone where the plan names no other. */
  public Corpus corpus() {
    return corpus;
  }

  @Override
  public void close() {
    try {
      attempt.close();
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT, "corpus: cannot delete %s: %s", attempt.folder(), StorageReason.of(e)),
          e);
    }
  }
}
