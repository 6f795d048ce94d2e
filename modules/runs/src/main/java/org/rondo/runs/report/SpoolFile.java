package org.rondo.runs.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary files of the events of runs. A living process holds a lock on each of its own; those
 * without one were left by processes that were killed, and go when the next is made.
 */
final class SpoolFile {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFile.class);
  private static final String PREFIX = "rondo-events-";
  private static final String SUFFIX = ".jsonl";

  /** Where lines of events begin, as {@link RunLog} writes them. */
  private static final String BEGINNING = "{\"event\":";

  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private SpoolFile() {}

  /** A new file, open to be read and written until this process ends. */
  static FileChannel create() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    deleteAbandoned(folder);
    Path file = Files.createTempFile(folder, PREFIX, SUFFIX);
    OWN.add(file);
    file.toFile().deleteOnExit();
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      LOG.debug("{} is not locked", file);
    }
    return channel;
  }

  static void deleteAbandoned(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        if (!OWN.contains(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          deleteAbandonedFile(file);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("cannot look for abandoned files in {}: {}", folder, e.toString());
    }
  }

  private static void deleteAbandonedFile(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null && isOfEvents(file)) {
        Files.delete(file);
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("cannot delete {}: {}", file, e.toString());
    }
  }

  private static boolean isOfEvents(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(BEGINNING.length()), StandardCharsets.UTF_8)
          .equals(BEGINNING);
    }
  }
}
