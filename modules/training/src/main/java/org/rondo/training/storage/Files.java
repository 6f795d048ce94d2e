package org.rondo.training.storage;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Locale;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.StorageReason;

/**
 * Files of a checkpoint: never overwritten, hashed as they are written, checked as they are read.
 */
public final class Files {
  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Reads a file's content. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * Reads the content.
     *
     * @param bytes that the file holds, against which lengths in its content are to be checked
     */
    T parse(InputStream in, long bytes) throws IOException;
  }

  private Files() {}

  /**
   * Creates a file.
   *
   * @throws IOException if it exists already, or cannot be written to its end
   */
  public static FileEntry create(Storage folder, String name, Content content) throws IOException {
    return DiskFailure.asException(() -> createNew(folder, name, content));
  }

  private static FileEntry createNew(Storage folder, String name, Content content)
      throws IOException {
    MessageDigest digest = Sha256.begin();
    FileSystem files = folder.fileSystem();
    Path path = folder.path(name);
    try (OutputStream out =
        new BufferedOutputStream(digesting(files.create(path, false), digest), 1 << 16)) {
      content.writeTo(out);
    }
    String sha256 = Sha256.end(digest);
    return new FileEntry(name, files.getFileStatus(path).getLen(), sha256);
  }

  /**
   * Reads a file to its end and checks it against its entry.
   *
   * @throws DamagedFileException naming the file if it is missing, truncated or corrupt
   * @throws CheckpointException if storage does not answer, or the content is none of its kind
   */
  public static <T> T read(Storage folder, FileEntry entry, Parser<T> parser) {
    Path path = folder.path(entry.name());
    requireLength(folder, entry);
    MessageDigest digest = Sha256.begin();
    T content;
    try {
      content = DiskFailure.asException(() -> parsed(folder, entry, digest, parser));
    } catch (CheckpointException e) {
      requireIntact(folder, entry);
      throw new CheckpointException(
          String.format(Locale.ROOT, "checkpoint: %s: %s", path, e.getMessage()), e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    String sha256 = Sha256.end(digest);
    if (!sha256.equals(entry.sha256())) {
      throw new DamagedFileException(
          String.format(
              Locale.ROOT,
              "%s is corrupt: its SHA-256 is %s, its manifest says %s",
              path,
              sha256,
              entry.sha256()));
    }
    return content;
  }

  /**
   * Reads a file to its end for nothing but its checksum.
   *
   * @throws CheckpointException as {@link #read}
   */
  public static void requireIntact(Storage folder, FileEntry entry) {
    read(folder, entry, (in, bytes) -> bytes);
  }

  private static <T> T parsed(
      Storage folder, FileEntry entry, MessageDigest digest, Parser<T> parser) throws IOException {
    Path path = folder.path(entry.name());
    try (InputStream in = new BufferedInputStream(folder.fileSystem().open(path), 1 << 16);
        InputStream checked = new DigestInputStream(in, digest)) {
      T content = parser.parse(checked, entry.bytes());
      checked.transferTo(OutputStream.nullOutputStream());
      return content;
    }
  }

  public static String readText(Storage folder, FileEntry entry) {
    return read(
        folder, entry, (in, bytes) -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Checks that a file is there and as long as its entry says. */
  public static void requireLength(Storage folder, FileEntry entry) {
    Path path = folder.path(entry.name());
    try {
      long bytes = folder.fileSystem().getFileStatus(path).getLen();
      if (bytes != entry.bytes()) {
        throw new DamagedFileException(
            String.format(
                Locale.ROOT,
                "%s is truncated or changed: it holds %d bytes, its manifest says %d",
                path,
                bytes,
                entry.bytes()));
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static CheckpointException unreadable(Path path, IOException e) {
    if (e instanceof ChecksumException) {
      return new DamagedFileException(path + " is corrupt: its bytes are not those written", e);
    }
    if (e instanceof FileNotFoundException) {
      return new DamagedFileException(path + " is missing, its manifest lists it", e);
    }
    return new CheckpointException(
        String.format(Locale.ROOT, "checkpoint: cannot read %s: %s", path, StorageReason.of(e)), e);
  }

  static OutputStream digesting(OutputStream out, MessageDigest digest) {
    return new DigestOutputStream(out, digest);
  }
}
