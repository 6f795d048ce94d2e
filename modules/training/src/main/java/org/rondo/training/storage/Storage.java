package org.rondo.training.storage;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.HadoopSettings;
import org.rondo.ingest.LocalUmask;

/** A folder on some Hadoop file system, in a form that travels to other machines. */
public record Storage(String uri, HadoopSettings hadoop) implements Serializable {
  /** That folder as this process sees it. */
  public static Storage of(Path folder, Configuration hadoop) {
    return new Storage(folder.toString(), HadoopSettings.of(hadoop));
  }

  /** The folder. */
  public Path path() {
    return new Path(uri);
  }

  /** A file or folder below it. */
  public Path path(String name) {
    return new Path(path(), name);
  }

  /** The folder of that name below it. */
  public Storage folder(String name) {
    return new Storage(path(name).toString(), hadoop);
  }

  /** The file system that it is on. */
  public FileSystem fileSystem() throws IOException {
    return LocalUmask.respectedBy(path().getFileSystem(hadoop.configuration()));
  }
}
