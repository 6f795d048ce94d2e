package org.rondo.ingest;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files that people open and other programs write over: on local disks without the checksum files
 * of Hadoop, which would lie beside them, and no longer fit once another program has written.
 */
public final class LocalFiles {
  private LocalFiles() {}

  /** That file system; of the local disks without checksum files. */
  public static FileSystem unchecked(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /** The file system of a path, as {@link #unchecked}. */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    return unchecked(path.getFileSystem(hadoop));
  }

  /**
   * A new file.
   *
   * @throws IOException if it is there already, or cannot be written
   */
  public static FSDataOutputStream create(Path file, Configuration hadoop) throws IOException {
    return of(file, hadoop).create(file, false);
  }
}
