package org.rondo.training;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.CorpusFolder;

/**
 * A folder on some Hadoop file system, in a form that travels to other machines.
 *
 * @param hadoopSettings what the driver set beyond Hadoop's own defaults
 */
public record Storage(String uri, Map<String, String> hadoopSettings) implements Serializable {
  /** That folder as this process sees it. */
  public static Storage of(Path folder, Configuration hadoop) {
    return new Storage(folder.toString(), CorpusFolder.of(folder, hadoop).hadoopSettings());
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
    return new Storage(path(name).toString(), hadoopSettings);
  }

  /** The file system that it is on. */
  public FileSystem fileSystem() throws IOException {
    var hadoop = new Configuration();
    hadoopSettings.forEach(hadoop::set);
    return path().getFileSystem(hadoop);
  }
}
