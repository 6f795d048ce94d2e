package org.rondo.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder {@code _NAME.ID} that only its owner writes to, beside the place where its content is to
 * appear, and a mark {@code _NAME.ID.lock} that names the id. On the local file system the owner
 * holds a lock on the mark, which ends with the process.
 */
public final class Attempt implements AutoCloseable {
  private static final String MARK = ".lock";

  /** Elsewhere than on the local file system an owner that wrote nothing for a day is gone. */
  private static final long DAY = 24L * 60 * 60 * 1000;

  /** Of this process: to open and close a locked file once more would end the lock. */
  private static final Set<UUID> LIVING = ConcurrentHashMap.newKeySet();

  private final FileSystem fs;
  private final UUID id;
  private final Path folder;
  private final Path mark;
  private final Optional<FileChannel> lock;

  private Attempt(FileSystem fs, UUID id, Path folder, Path mark, Optional<FileChannel> lock) {
    this.fs = fs;
    this.id = id;
    this.folder = folder;
    this.mark = mark;
    this.lock = lock;
  }

  /** A new one, with an empty folder. */
  public static Attempt beside(FileSystem fs, Path place) throws IOException {
    UUID id = UUID.randomUUID();
    Path parent = place.getParent();
    var folder = new Path(parent, String.format(Locale.ROOT, "_%s.%s", place.getName(), id));
    var mark = new Path(parent, folder.getName() + MARK);
    fs.mkdirs(parent);
    LIVING.add(id);
    try {
      Optional<FileChannel> lock = mark(fs, mark, id);
      var attempt = new Attempt(fs, id, folder, mark, lock);
      fs.mkdirs(folder);
      fs.deleteOnExit(folder);
      return attempt;
    } catch (IOException | RuntimeException e) {
      LIVING.remove(id);
      throw e;
    }
  }

  private static Optional<FileChannel> mark(FileSystem fs, Path mark, UUID id) throws IOException {
    var file = Placement.local(fs, mark);
    if (file.isEmpty()) {
      try (FSDataOutputStream out = fs.create(mark, false)) {
        out.write(proof(id));
      }
      return Optional.empty();
    }
    FileChannel channel =
        FileChannel.open(
            file.get().toPath(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.tryLock();
    } catch (IOException e) {
      // A file system without locks: nobody can lock the mark, so nobody removes the attempt.
    }
    channel.write(ByteBuffer.wrap(proof(id)));
    return Optional.of(channel);
  }

  private static byte[] proof(UUID id) {
    return String.format(Locale.ROOT, "An attempt of Rondo's to prepare data: %s%n", id)
        .getBytes(StandardCharsets.UTF_8);
  }

  public Path folder() {
    return folder;
  }

  UUID id() {
    return id;
  }

  /** Removes folder and mark, if they are still there. */
  @Override
  public void close() throws IOException {
    try {
      Deletions.attempt(fs, folder, id);
      fs.cancelDeleteOnExit(folder);
      fs.delete(mark, false);
    } finally {
      LIVING.remove(id);
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /**
   * Removes attempts at a place whose owners are gone. What does not prove to be one stays, and so
   * does what cannot be removed.
   */
  public static void removeLeftovers(FileSystem fs, Path place) throws IOException {
    Pattern name = Pattern.compile("_" + Pattern.quote(place.getName()) + "\\.([0-9a-f-]{36})");
    if (!fs.exists(place.getParent())) {
      return;
    }
    for (FileStatus entry : fs.listStatus(place.getParent())) {
      String file = entry.getPath().getName();
      if (entry.isFile() && file.endsWith(MARK)) {
        Matcher found = name.matcher(file.substring(0, file.length() - MARK.length()));
        if (found.matches()) {
          remove(fs, entry, UUID.fromString(found.group(1)));
        }
      }
    }
  }

  private static void remove(FileSystem fs, FileStatus mark, UUID id) {
    String name = mark.getPath().getName();
    var folder =
        new Path(mark.getPath().getParent(), name.substring(0, name.length() - MARK.length()));
    try {
      if (LIVING.contains(id) || !isProof(fs, mark, id)) {
        return;
      }
      var file = Placement.local(fs, mark.getPath());
      if (file.isEmpty()) {
        if (System.currentTimeMillis() - latest(fs, mark, folder) > DAY) {
          Deletions.attempt(fs, folder, id);
          fs.delete(mark.getPath(), false);
        }
        return;
      }
      try (FileChannel channel = FileChannel.open(file.get().toPath(), StandardOpenOption.WRITE)) {
        if (channel.tryLock() != null) {
          Deletions.attempt(fs, folder, id);
          fs.delete(mark.getPath(), false);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Another process removes it at this moment, or it is not ours to remove.
    }
  }

  private static boolean isProof(FileSystem fs, FileStatus mark, UUID id) throws IOException {
    byte[] expected = proof(id);
    if (mark.getLen() != expected.length) {
      return false;
    }
    try (FSDataInputStream in = fs.open(mark.getPath())) {
      return Arrays.equals(in.readAllBytes(), expected);
    }
  }

  private static long latest(FileSystem fs, FileStatus mark, Path folder) throws IOException {
    long latest = mark.getModificationTime();
    if (fs.exists(folder)) {
      var files = fs.listFiles(folder, true);
      while (files.hasNext()) {
        latest = Math.max(latest, files.next().getModificationTime());
      }
    }
    return latest;
  }
}
