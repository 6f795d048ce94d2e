package org.rondo.runs.spark;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;
import org.rondo.ingest.StorageReason;
import org.rondo.runs.SettingsException;

/** The folders that Spark's driver keeps blocks and temporary files in. */
public final class LocalFolders {
  /** Less would not hold the smallest broadcast. */
  private static final int PROBE_BYTES = 1 << 16;

  private LocalFolders() {}

  /**
   * Refuses to start where none can be written to: Spark itself would end this process.
   *
   * @throws SettingsException naming each folder and what is wrong with it
   */
  static void require(SparkConf conf) {
    var wrong = new ArrayList<String>();
    for (String folder : Utils.getConfiguredLocalDirs(conf)) {
      Optional<String> obstacle = obstacle(folder);
      if (obstacle.isEmpty()) {
        return;
      }
      wrong.add(String.format(Locale.ROOT, "%s (%s)", folder, obstacle.get()));
    }
    throw new SettingsException(
        String.format(
            Locale.ROOT,
            "Spark's local folder cannot be written to: %s; give another one by TMPDIR or spark.local.dir, or make room",
            String.join(", ", wrong)));
  }

  /**
   * A failure with the folders, where it tells of a disk that is full and not of which.
   *
   * @param reason one sentence
   */
  static String named(SparkConf conf, String reason) {
    boolean full = reason.contains("No space left on device") || reason.contains("quota exceeded");
    return full
        ? String.format(
            Locale.ROOT,
            "%s; Spark's local folder is %s: make room there, or name another by TMPDIR or spark.local.dir",
            reason,
            String.join(", ", Utils.getConfiguredLocalDirs(conf)))
        : reason;
  }

  /** What keeps this process from writing there; empty if nothing does. */
  public static Optional<String> obstacle(String folder) {
    try {
      Path file = Files.createTempFile(Files.createDirectories(Path.of(folder)), "rondo", ".probe");
      try {
        Files.write(file, new byte[PROBE_BYTES]);
      } finally {
        Files.delete(file);
      }
      return Optional.empty();
    } catch (FileSystemException e) {
      return Optional.of(e.getReason() == null ? StorageReason.of(e) : e.getReason());
    } catch (IOException | InvalidPathException e) {
      return Optional.of(StorageReason.of(e));
    }
  }
}
