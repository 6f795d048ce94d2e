package org.rondo.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The only place where Rondo deletes a folder with its content. Each method demands a proof that
 * the folder is Rondo's own; without it, nothing is deleted. Names that users choose as well, such
 * as {@code train} or {@code scratch}, prove nothing.
 */
public final class Deletions {
  private static final String CHECKSUM_SUFFIX = ".crc";

  private Deletions() {}

  /**
   * Deletes a folder of one attempt or run, with all that is in it. The proof is its name, which
   * contains the unique id that the attempt or run drew itself. The folder may be missing.
   *
   * @throws IllegalArgumentException if the folder's name does not contain the id
   * @throws IOException if the folder is still there afterwards
   */
  public static void attempt(FileSystem fs, Path folder, UUID id) throws IOException {
    Path place = withoutSlash(folder);
    if (!place.getName().contains(id.toString())) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "delete: the name of %s does not contain %s", place, id));
    }
    delete(fs, place);
  }

  /**
   * Deletes a folder that holds nothing but own files, such as those that its manifest lists. The
   * folder may be missing.
   *
   * @param own whether a file is Rondo's, by its path relative to the folder, such as {@code
   *     state/shard-00000.bin}; a checksum file of Hadoop's counts as the file that it is of. Of an
   *     empty folder inside it is asked with a slash at the end: {@code state/}
   * @throws IngestException if anything else is there, with its name; then nothing is deleted
   * @throws IOException if the folder cannot be listed, or is still there afterwards
   */
  public static void folder(FileSystem fs, Path folder, Predicate<String> own) throws IOException {
    Optional<String> stranger = stranger(fs, folder, own);
    if (stranger.isPresent()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "delete: %s holds %s, which is not Rondo's; nothing was deleted, move it elsewhere",
              withoutSlash(folder),
              stranger.get()));
    }
    delete(fs, folder);
  }

  /**
   * What lies in a folder and is not Rondo's, by its path relative to the folder; empty if there is
   * no such thing, or no such folder. See {@link #folder}.
   */
  public static Optional<String> stranger(FileSystem fs, Path folder, Predicate<String> own)
      throws IOException {
    // The local file system hides every file that looks like a checksum.
    FileSystem all = LocalFiles.unchecked(fs);
    FileStatus status;
    try {
      status = all.getFileStatus(folder);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    return status.isDirectory()
        ? stranger(all, folder, "", own)
        : Optional.of("a file in the place of the folder");
  }

  private static Optional<String> stranger(
      FileSystem fs, Path folder, String prefix, Predicate<String> own) throws IOException {
    FileStatus[] entries = fs.listStatus(folder);
    if (entries.length == 0 && !prefix.isEmpty() && !own.test(prefix)) {
      return Optional.of(prefix);
    }
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      Optional<String> found =
          entry.isDirectory()
              ? stranger(fs, entry.getPath(), prefix + name + "/", own)
              : Optional.of(prefix + name).filter(file -> !isOwn(prefix, name, own));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isOwn(String prefix, String name, Predicate<String> own) {
    boolean checksum = name.startsWith(".") && name.endsWith(CHECKSUM_SUFFIX);
    return own.test(prefix + name)
        || (checksum
            && name.length() > 1 + CHECKSUM_SUFFIX.length()
            && own.test(prefix + name.substring(1, name.length() - CHECKSUM_SUFFIX.length())));
  }

  /** A path made from a URI may end in a slash, and then has no name. */
  private static Path withoutSlash(Path folder) {
    return new Path(folder.toString());
  }

  /** Some file systems do not say by themselves that something stays. */
  private static void delete(FileSystem fs, Path folder) throws IOException {
    if (!fs.delete(folder, true) && fs.exists(folder)) {
      throw new IOException(
          String.format(Locale.ROOT, "%s is still there after it was deleted", folder));
    }
  }
}
