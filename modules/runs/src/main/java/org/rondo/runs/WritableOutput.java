package org.rondo.runs;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.StorageReason;

/** Whether files can be written where a key says, as far as the scheme of its path tells. */
public final class WritableOutput {
  /** Hadoop reads these, and some of its calls for writing wait or repeat without end. */
  private static final Set<String> READ_ONLY = Set.of("http", "https", "har", "jar", "data");

  private WritableOutput() {}

  /**
   * Checks a path before anything is written.
   *
   * @throws SettingsException naming the key
   */
  public static void require(String key, String value, Configuration hadoop) {
    try {
      var path = new Path(value);
      String scheme = path.toUri().getScheme();
      if (scheme != null && READ_ONLY.contains(scheme.toLowerCase(Locale.ROOT))) {
        throw new SettingsException(
            String.format(
                Locale.ROOT,
                "%s = %s: %s can be read only; name a folder on a local disk, hdfs://... or s3a://...",
                key,
                value,
                scheme));
      }
      path.getFileSystem(hadoop);
    } catch (IOException | IllegalArgumentException e) {
      if (e instanceof SettingsException worded) {
        throw worded;
      }
      throw new SettingsException(
          String.format(Locale.ROOT, "%s = %s: %s", key, value, StorageReason.of(e)), e);
    }
  }
}
