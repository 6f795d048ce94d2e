package org.rondo.frames.prepare;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DatasetPlace;
import org.rondo.ingest.sequences.SequenceFolder;

/** Where prepared rows lie, by the {@link PreparedOrigin} that they are of. */
final class PreparedPlace {
  private static final DatasetPlace.Kind<PreparedManifest> KIND =
      new DatasetPlace.Kind<>(
          "data",
          "dataset",
          "datasets",
          SequenceFolder.LAST,
          PreparedManifest.FILE,
          PreparedManifest::read);

  private PreparedPlace() {}

  static DatasetPlace<PreparedManifest> of(Path folder, PreparedOrigin origin, Configuration hadoop)
      throws IOException {
    String fingerprint = origin.fingerprint();
    return new DatasetPlace<>(
        KIND, folder, fingerprint, manifest -> manifest.fingerprint().equals(fingerprint), hadoop);
  }
}
