package org.rondo.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.rondo.training.TrainingException;

/**
 * Where Spark's driver keeps blocks for a while. It needs one folder in which it can write; without
 * one it ends the whole process, with a status of its own (53).
 */
final class TemporaryFolders {
  /** More than a file system keeps beside the file's name. */
  private static final int PROBE = 1 << 16;

  private TemporaryFolders() {}

  /**
   * Checks that one of them can be written.
   *
   * @throws TrainingException naming the folders
   */
  static void require(SparkConf conf) {
    var failures = new ArrayList<String>();
    for (String folder : of(conf)) {
      try {
        write(Path.of(folder));
        return;
      } catch (IOException | RuntimeException e) {
        failures.add(String.format(Locale.ROOT, "%s: %s", folder, reason(e)));
      }
    }
    throw new TrainingException(
        String.format(
            Locale.ROOT,
            "Spark has no temporary folder that it can write in: %s; make room there, or name another by spark.local.dir (SPARK_LOCAL_DIRS) or java.io.tmpdir",
            String.join("; ", failures)));
  }

  /** As Spark's own Utils.getConfiguredLocalDirs finds them. */
  private static List<String> of(SparkConf conf) {
    String configured =
        Stream.of(System.getenv("LOCAL_DIRS"), System.getenv("SPARK_LOCAL_DIRS"))
            .filter(value -> value != null && !value.isBlank())
            .findFirst()
            .orElseGet(() -> conf.get("spark.local.dir", System.getProperty("java.io.tmpdir")));
    return List.of(configured.split(",", -1));
  }

  private static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path probe = folder.resolve(".rondo-probe-" + UUID.randomUUID());
    try {
      Files.write(probe, new byte[PROBE]);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static String reason(Exception e) {
    return e instanceof java.nio.file.FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : e.toString();
  }
}
