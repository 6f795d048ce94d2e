package org.rondo.ingest.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Placement;
import org.rondo.ingest.StorageReason;

/** A folder that prepared data is to be written to, apart from what it is made from. */
public final class OwnFolder {
  private final String what;
  private final Path folder;
  private final Configuration hadoop;

  /**
   * @param what is prepared, for messages
   * @param folder with its links resolved
   */
  public OwnFolder(String what, Path folder, Configuration hadoop) {
    this.what = what;
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /**
   * Refuses a folder that the next look at the sources would take for a source, and sources that
   * lie in the folder; symbolic links are followed.
   *
   * @param paths of the sources
   * @throws IngestException if one lies in the other
   */
  public void requireApart(Collection<String> paths) {
    try {
      for (String path : paths) {
        TextFiles text = TextFiles.find(path, hadoop);
        boolean reached = TextPath.globReaches(path, folder, hadoop);
        for (Path directory : text.folders()) {
          reached |= isFoundIn(real(directory));
        }
        if (reached) {
          throw new IngestException(
              String.format(
                  Locale.ROOT,
                  "%s: %s lies in the text's own directory %s; name another output folder",
                  what,
                  folder,
                  path));
        }
        for (SourceFile file : text.files()) {
          requireOutside(new Path(file.path()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "%s: cannot reach %s: %s", what, folder, StorageReason.of(e)),
          e);
    }
  }

  private void requireOutside(Path file) throws IOException {
    for (Path at = real(file); at != null; at = at.getParent()) {
      if (at.equals(folder)) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "%s: the text %s lies in %s, where the %s is to be; name another data.prepared or output",
                what,
                file,
                folder,
                what));
      }
    }
  }

  private Path real(Path path) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    return Placement.real(fs, path);
  }

  /** Whether a look into a directory would come upon a folder. */
  private boolean isFoundIn(Path directory) {
    Path at = folder;
    while (at != null && !at.equals(directory) && !TextFiles.isHidden(at)) {
      at = at.getParent();
    }
    return directory.equals(at);
  }
}
