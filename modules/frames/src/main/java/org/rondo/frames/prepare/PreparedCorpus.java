package org.rondo.frames.prepare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.kernels.Counted;

/**
 * A corpus of the documents that rows hold.
 *
 * @param found whether it was there before, so that no row was looked at
 * @param documents of each split; empty where the corpus was there
 * @param rejected rows that could not be used and were left out
 * @param sample the first of them, in the order of their places: place, column and reason
 */
public record PreparedCorpus(
    Corpus corpus, boolean found, Map<String, Long> documents, long rejected, List<String> sample) {
  public PreparedCorpus {
    documents = Map.copyOf(documents);
    sample = List.copyOf(sample);
  }

  static PreparedCorpus found(Corpus corpus) {
    return new PreparedCorpus(corpus, true, Map.of(), 0, List.of());
  }

  /** What became of the rows, for a person; empty where they were not looked at. */
  public Optional<String> report() {
    if (found) {
      return Optional.empty();
    }
    var text = new StringBuilder("documents:");
    new TreeMap<>(documents)
        .forEach((split, n) -> text.append(String.format(Locale.ROOT, " %s %,d", split, n)));
    if (rejected > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "; %s %s left out: %s",
              Counted.of(rejected, "row"),
              rejected == 1 ? "was" : "were",
              String.join("; ", sample)));
    }
    return Optional.of(text.toString());
  }
}
