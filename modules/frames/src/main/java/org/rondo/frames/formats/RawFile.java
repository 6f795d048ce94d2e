package org.rondo.frames.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The bytes of a file, as they are. */
final class RawFile {
  private RawFile() {}

  static InputStream open(String file, Configuration hadoop) throws IOException {
    var path = new Path(file);
    FileSystem fs = path.getFileSystem(hadoop);
    // Beside a name with a colon Hadoop's local file system fails to look for a checksum file.
    boolean unchecked = fs instanceof LocalFileSystem && path.getName().contains(":");
    return (unchecked ? ((LocalFileSystem) fs).getRawFileSystem() : fs).open(path);
  }

  static byte[] read(String file, Configuration hadoop) {
    try (InputStream in = open(file, hadoop)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static UncheckedIOException unreadable(String file, IOException e) {
    return new UncheckedIOException(
        String.format(Locale.ROOT, "data: cannot read %s: %s", file, e.getMessage()), e);
  }
}
