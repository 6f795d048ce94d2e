package org.rondo.driver.output;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.rondo.ingest.LocalFiles;
import org.rondo.training.storage.Storage;

/**
 * The file in an output by which its owner is known. On local disks it is written by {@code
 * java.nio}, since Hadoop's local file system looks first and creates then; and in place, which
 * needs no room on a full disk.
 */
final class OwnerFile {
  static final String NAME = ".rondo-owner.json";

  /** Where {@link #create} is one step for all that try; others write, wait and read back. */
  private static final Set<String> ATOMIC = Set.of("hdfs", "viewfs", "webhdfs", "swebhdfs");

  private final FileSystem files;
  private final Path path;
  private final Optional<java.nio.file.Path> local;

  OwnerFile(Storage output) throws IOException {
    files = LocalFiles.unchecked(output.fileSystem());
    path = output.path(NAME);
    local =
        files instanceof RawLocalFileSystem raw
            ? Optional.of(raw.pathToFile(path).toPath())
            : Optional.empty();
  }

  /** Whether of many that call {@link #create} at once, one alone succeeds. */
  boolean createsAtomically() {
    return local.isPresent() || ATOMIC.contains(files.getScheme());
  }

  /**
   * Makes the folder; whether there was none.
   *
   * @throws IllegalArgumentException if a file lies in its way
   */
  boolean makeFolder() throws IOException {
    try {
      boolean missing = !files.exists(path.getParent());
      if (!files.mkdirs(path.getParent())) {
        throw new IOException("cannot make the folder " + path.getParent());
      }
      return missing;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException | ParentNotDirectoryException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the output %s cannot be a folder: a file lies there, or in the place of a folder above it; choose another output",
              path.getParent()),
          e);
    }
  }

  /** Deletes the folder if nothing is in it. */
  void deleteEmptyFolder() throws IOException {
    if (files.exists(path.getParent()) && files.listStatus(path.getParent()).length == 0) {
      files.delete(path.getParent(), false);
    }
  }

  /** Creates it with that text, unless it is there; whether it was not. */
  boolean create(String text) throws IOException {
    try {
      if (local.isPresent()) {
        writeLocal(text, StandardOpenOption.CREATE_NEW);
      } else {
        write(text, false);
      }
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      requireNoFolder();
      return false;
    } catch (IOException e) {
      if (files.exists(path)) { // not every file system names this failure in the same way
        requireNoFolder();
        return false;
      }
      throw e;
    }
  }

  private void requireNoFolder() throws IOException {
    try {
      if (files.getFileStatus(path).isDirectory()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s is a folder; a run writes a file of that name, the mark of its output's owner: move the folder away",
                path));
      }
    } catch (FileNotFoundException e) {
      // The owner's mark, deleted meanwhile.
    }
  }

  /** Its text; empty if there is none. */
  Optional<String> read() throws IOException {
    try (InputStream in = files.open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Writes another text into it. */
  void replace(String text) throws IOException {
    if (local.isPresent()) {
      writeLocal(text, StandardOpenOption.WRITE);
    } else {
      write(text, true);
    }
  }

  void delete() throws IOException {
    files.delete(path, false);
  }

  private void write(String text, boolean overwrite) throws IOException {
    try (OutputStream out = files.create(path, overwrite)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void writeLocal(String text, StandardOpenOption how) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    int length = bytes.remaining();
    Set<StandardOpenOption> options = EnumSet.of(how, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(local.orElseThrow(), options)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(length);
    } catch (IOException e) {
      if (how == StandardOpenOption.CREATE_NEW && !(e instanceof FileAlreadyExistsException)) {
        Files.deleteIfExists(local.orElseThrow()); // on a full disk: a file without a mark
      }
      throw e;
    }
  }
}
