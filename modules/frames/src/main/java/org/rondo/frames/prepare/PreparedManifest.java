package org.rondo.frames.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.frames.PreparationReport;
import org.rondo.ingest.JsonFile;

/**
 * The file {@code prepared.json} of a prepared dataset.
 *
 * @param version of the way in which datasets are prepared: another one prepares anew
 * @param fingerprint of the {@link PreparedOrigin}
 * @param origin for a person, as JSON
 * @param report what became of the rows
 */
record PreparedManifest(int version, String fingerprint, String origin, PreparationReport report) {
  static final int VERSION = 1;
  static final String FILE = "prepared.json";

  PreparedManifest {
    if (version != VERSION || fingerprint == null || report == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "dataset of version %d, this program reads %d", version, VERSION));
    }
  }

  static PreparedManifest of(PreparedOrigin origin, PreparationReport report) {
    return new PreparedManifest(VERSION, origin.fingerprint(), JsonFile.text(origin), report);
  }

  void write(FileSystem fs, Path folder) throws IOException {
    JsonFile.write(fs, new Path(folder, FILE), this);
  }

  /**
   * Reads a folder's manifest.
   *
   * @throws JsonProcessingException if it is none
   */
  static PreparedManifest read(FileSystem fs, Path folder) throws IOException {
    ObjectNode object = JsonFile.read(fs, new Path(folder, FILE));
    JsonFile.requireVersion(object, "prepared data", VERSION);
    return JsonFile.value(object, PreparedManifest.class);
  }
}
