package org.rondo.ingest;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** The local file system under scheme {@code full}, on which one file cannot be written. */
public final class FullDisk extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("full:///");
  private static final String UNWRITABLE = "test.full";

  /** A configuration that knows the scheme; files whose name contains {@code name} do not fit. */
  public static Configuration without(String name) {
    var hadoop = new Configuration();
    hadoop.setClass("fs.full.impl", FullDisk.class, org.apache.hadoop.fs.FileSystem.class);
    hadoop.setBoolean("fs.full.impl.disable.cache", true);
    hadoop.set(UNWRITABLE, name);
    return hadoop;
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return new FSDataOutputStream(
        super.create(path, overwrite, bufferSize, replication, blockSize, progress), null) {
      @Override
      public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (path.getName().contains(getConf().get(UNWRITABLE))) {
          super.write(bytes, from, length / 2);
          throw new IOException("No space left on device");
        }
        super.write(bytes, from, length);
      }
    };
  }
}
