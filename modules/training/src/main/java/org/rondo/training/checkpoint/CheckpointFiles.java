package org.rondo.training.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Deletions;
import org.rondo.training.storage.Storage;

/**
 * Which files of a checkpoint's folder are Rondo's: by name, or because the manifest lists them.
 */
final class CheckpointFiles {
  /** The manifest while it is written. */
  static final String NEXT_MANIFEST = ".manifest.json.tmp";

  private static final Pattern NAMES =
      Pattern.compile(
          "|(network|vocabulary|features|run|manifest)\\.json|\\.manifest\\.json\\.tmp"
              + "|(parameters|outer)\\.safetensors|state/(shard-\\d{5,}\\.\\d+\\.bin)?");

  private CheckpointFiles() {}

  /** Whether that path below a checkpoint's folder can be one that Rondo wrote. */
  static boolean isOwn(String name) {
    return NAMES.matcher(name).matches();
  }

  /**
   * Deletes a checkpoint, its manifest first, so that no half of it is read. What someone else put
   * into the folder stays, and with it the folder.
   */
  static void delete(Storage checkpoint) throws IOException {
    FileSystem files = checkpoint.fileSystem();
    Path folder = checkpoint.path();
    Set<String> listed = listed(checkpoint);
    delete(files, checkpoint.path(Manifest.NAME));
    if (Deletions.stranger(files, folder, n -> isOwn(n) || listed.contains(n)).isEmpty()) {
      Deletions.folder(files, folder, n -> isOwn(n) || listed.contains(n));
    } else {
      deleteOwn(files, folder, "", listed);
    }
  }

  private static Set<String> listed(Storage checkpoint) {
    var names = new HashSet<String>();
    Manifest.Found found = Manifest.find(checkpoint);
    if (found.whole() == Manifest.Whole.YES) {
      found.manifest().files().forEach(file -> names.add(file.name()));
    }
    return names;
  }

  private static void deleteOwn(FileSystem files, Path folder, String prefix, Set<String> listed)
      throws IOException {
    for (FileStatus status : files.listStatus(folder)) {
      String name = prefix + status.getPath().getName();
      if (status.isDirectory()) {
        deleteOwn(files, status.getPath(), name + "/", listed);
      } else if (isOwn(name) || listed.contains(name)) {
        delete(files, status.getPath());
      }
    }
  }

  private static void delete(FileSystem files, Path file) throws IOException {
    try {
      if (!files.delete(file, false) && files.exists(file)) {
        throw new IOException(file + " is still there after it was deleted");
      }
    } catch (FileNotFoundException e) {
      // Some file systems say so.
    }
  }
}
