package org.rondo.ingest;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where a prepared corpus is, in a form that travels to other machines.
 *
 * @param hadoopSettings whatever the driver's Hadoop configuration holds beyond Hadoop's own
 *     defaults, unexpanded
 */
public record CorpusFolder(String uri, Map<String, String> hadoopSettings) implements Serializable {
  public CorpusFolder {
    hadoopSettings = Map.copyOf(hadoopSettings);
  }

  /** That folder as this process sees it. */
  public static CorpusFolder of(Path folder, Configuration hadoop) {
    var settings = new TreeMap<String, String>();
    for (Map.Entry<String, String> entry : hadoop) {
      String value = hadoop.getRaw(entry.getKey());
      if (value != null && !isDefault(entry.getKey(), hadoop)) {
        settings.put(entry.getKey(), value);
      }
    }
    return new CorpusFolder(folder.toString(), settings);
  }

  /** Whether Hadoop's own {@code core-default.xml} or one of its kind had the last word. */
  private static boolean isDefault(String key, Configuration hadoop) {
    String[] sources = hadoop.getPropertySources(key);
    return sources != null
        && sources.length > 0
        && sources[sources.length - 1].endsWith("-default.xml");
  }

  /** Opens the corpus there. */
  public Corpus open() {
    var hadoop = new Configuration();
    hadoopSettings.forEach(hadoop::set);
    return Corpus.open(new Path(uri), hadoop);
  }
}
