package org.rondo.ingest.corpus;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DatasetPlace;

/** Where corpora lie, by the text and the plan that they are of. */
final class CorpusPlace {
  private static final DatasetPlace.Kind<Manifest> KIND =
      new DatasetPlace.Kind<>(
          "corpus", "corpus", "corpora", Manifest.FILE, Manifest.FILE, Manifest::read);

  private CorpusPlace() {}

  static DatasetPlace<Manifest> of(Path folder, Origin origin, Configuration hadoop)
      throws IOException {
    return new DatasetPlace<>(
        KIND, folder, origin.fingerprint(), manifest -> manifest.origin().equals(origin), hadoop);
  }

  /** Where corpora are that were to lie in that folder, the newest first. */
  static List<Path> all(Path folder, Configuration hadoop) throws IOException {
    return DatasetPlace.all(KIND, folder, hadoop);
  }
}
