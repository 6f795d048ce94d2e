package org.rondo.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Lets the process's umask hold for what Hadoop writes to local disks, where Hadoop takes its own
 * setting, 022 by default. Other file systems keep Hadoop's.
 */
public final class LocalUmask {
  private static final String KEY = CommonConfigurationKeys.FS_PERMISSIONS_UMASK_KEY;
  private static final Optional<String> UMASK = ofProcess();

  private LocalUmask() {}

  /** That file system, which from now on creates what this process's umask allows. */
  public static FileSystem respectedBy(FileSystem files) {
    if (files instanceof LocalFileSystem checked) {
      respectedBy(checked.getRawFileSystem());
    }
    if (files instanceof RawLocalFileSystem && UMASK.isPresent()) {
      String umask = UMASK.get();
      if (!umask.equals(files.getConf().get(KEY))) {
        // The configuration may be that of other file systems as well.
        var own = new Configuration(files.getConf());
        own.set(KEY, umask);
        files.setConf(own);
      }
    }
    return files;
  }

  /** As {@link #respectedBy(FileSystem)}, of the local disks of this machine. */
  public static void respect(Configuration hadoop) throws IOException {
    respectedBy(FileSystem.getLocal(hadoop));
  }

  /** In octal digits; empty where the system does not tell. */
  private static Optional<String> ofProcess() {
    try {
      return Files.readString(Path.of("/proc/self/status"))
          .lines()
          .filter(line -> line.startsWith("Umask:"))
          .map(line -> line.substring("Umask:".length()).strip())
          .findFirst();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
