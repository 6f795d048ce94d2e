package org.rondo.ingest.text;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Placement;
import org.rondo.ingest.StorageReason;

/**
 * The files that a path of text stands for: a file, every file below a directory, or what a Hadoop
 * glob matches of both. A file or directory of exactly that name goes before a glob. Names that
 * start with {@code _} or {@code .} are hidden, unless the path itself ends in that name.
 */
public final class TextFiles {
  /** What Hadoop's jobs leave beside their files. */
  private static final String SUCCESS = "_SUCCESS";

  private final Configuration hadoop;
  private final String path;
  private final Map<String, SourceFile> files = new TreeMap<>();
  private final List<Path> folders = new ArrayList<>();
  private final List<Path> hidden = new ArrayList<>();
  private final Set<Path> open = new HashSet<>();

  private TextFiles(String path, Configuration hadoop) {
    this.path = path;
    this.hadoop = hadoop;
  }

  /**
   * Looks at a path as it is now.
   *
   * @throws IngestException if there is no file, or one that cannot be read as text
   */
  public static TextFiles find(String path, Configuration hadoop) {
    var found = new TextFiles(path, hadoop);
    try {
      found.find();
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "text: cannot list %s: %s", path, StorageReason.of(e)), e);
    }
    if (found.files.isEmpty()) {
      throw new IngestException(String.format(Locale.ROOT, "data: no file in %s", path));
    }
    return found;
  }

  /** In path order. */
  public List<SourceFile> files() {
    return List.copyOf(files.values());
  }

  /** The directories that were looked into. */
  public List<Path> folders() {
    return folders;
  }

  /** What was passed over in them by its name. */
  public List<Path> hidden() {
    return List.copyOf(hidden);
  }

  private void find() throws IOException {
    Path literal = TextPath.literal(path, hadoop);
    FileSystem fs = literal.getFileSystem(hadoop);
    if (fs.exists(literal)) {
      collect(fs, fs.getFileStatus(literal));
      return;
    }
    FileStatus[] matches = glob(fs, literal);
    if (matches == null || matches.length == 0) {
      throw new IngestException(String.format(Locale.ROOT, "data: nothing at %s", path));
    }
    for (FileStatus match : matches) {
      if (!isHidden(match.getPath()) || match.getPath().getName().equals(literal.getName())) {
        collect(fs, match);
      }
    }
  }

  private FileStatus[] glob(FileSystem fs, Path pattern) throws IOException {
    Path parent = pattern.getParent();
    if (parent != null && fs.exists(parent)) {
      requireEveryName(fs, parent, fs.listStatus(parent));
    }
    try {
      return fs.globStatus(pattern);
    } catch (IllegalArgumentException e) { // at a name with a colon
      return TextGlob.find(fs, pattern);
    }
  }

  private void collect(FileSystem fs, FileStatus status) throws IOException {
    Path at = status.getPath();
    if (!status.isDirectory()) {
      requireRegular(fs, at);
      requireLength(status);
      String name = at.toString();
      files.put(name, new SourceFile(name, status.getLen(), status.getModificationTime()));
      return;
    }
    Path real = Placement.real(fs, at);
    if (!open.add(real)) {
      throw new IngestException(
          String.format(
              Locale.ROOT, "text: %s is a link to %s, which it lies in itself", at, real));
    }
    folders.add(at);
    FileStatus[] children = fs.listStatus(at);
    requireEveryName(fs, at, children);
    for (FileStatus child : children) {
      if (!isHidden(child.getPath())) {
        collect(fs, child);
      } else if (!child.getPath().getName().equals(SUCCESS)) {
        hidden.add(child.getPath());
      }
    }
    open.remove(real);
  }

  /** Hadoop's file system of http asks no server, and says -1 of whatever address. */
  private static void requireLength(FileStatus status) {
    if (status.getLen() < 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "text: %s cannot be read from there: %s tells no length of a file; copy the text to a local disk, hdfs://... or s3a://...",
              status.getPath(),
              status.getPath().toUri().getScheme()));
    }
  }

  /** A device or a pipe may have no end, and cannot be read twice. */
  private static void requireRegular(FileSystem fs, Path file) throws IOException {
    Optional<File> local = Placement.local(fs, file);
    if (local.isPresent() && local.get().exists() && !local.get().isFile()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "text: %s is a device or a pipe; a text is read several times, so it must be a regular file",
              file));
    }
  }

  /** Hadoop passes over names that this process cannot open, without a word. */
  private static void requireEveryName(FileSystem fs, Path folder, FileStatus[] listed) {
    Optional<File> local = Placement.local(fs, folder);
    String[] names = local.map(File::list).orElse(null);
    if (names == null) {
      return;
    }
    var seen = new HashSet<String>();
    for (FileStatus each : listed) {
      seen.add(each.getPath().getName());
    }
    for (String name : names) {
      var file = new File(local.get(), name);
      if (!seen.contains(name) && !isHidden(name) && !file.exists() && isStillListed(file)) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "text: %s lists \"%s\", which %s",
                folder,
                name,
                isLink(file)
                    ? "is a link that leads nowhere"
                    : "cannot be opened: its name is not in the character set of this process ("
                        + System.getProperty("sun.jnu.encoding")
                        + "); rename it, or start in a UTF-8 locale such as LC_ALL=C.UTF-8"));
      }
    }
  }

  private static boolean isStillListed(File file) {
    String[] names = file.getParentFile().list();
    return names != null && Set.of(names).contains(file.getName());
  }

  private static boolean isLink(File file) {
    try {
      return Files.exists(file.toPath(), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  public static boolean isHidden(Path path) {
    return isHidden(path.getName());
  }

  private static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }
}
