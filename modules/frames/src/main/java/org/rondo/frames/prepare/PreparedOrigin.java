package org.rondo.frames.prepare;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rondo.frames.FramePlan;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.text.SourceFile;

/**
 * What a dataset is prepared from: as long as this is equal, so is the dataset.
 *
 * @param plan everything beside task and data
 * @param task name of the task
 * @param settings the task's keys with their values
 * @param vocabulary SHA-256 of one that was given; else empty
 * @param files the files of each source, as what shows that they changed; empty where rows are not
 *     those of files
 * @param content SHA-256 of all rows, where they are not those of files; else empty
 */
record PreparedOrigin(
    FramePlan plan,
    String task,
    Map<String, String> settings,
    String vocabulary,
    Map<String, List<SourceFile>> files,
    String content) {
  PreparedOrigin {
    // Sorted, so that equal origins are written as equal JSON.
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** SHA-256, in hexadecimal. */
  String fingerprint() {
    return Sha256.of(JsonFile.text(this));
  }
}
