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
    var defaults = new Configuration(false);
    defaults.addResource("core-default.xml");
    var settings = new TreeMap<String, String>();
    for (Map.Entry<String, String> entry : hadoop) {
      String value = hadoop.getRaw(entry.getKey());
      if (value != null && !value.equals(defaults.getRaw(entry.getKey()))) {
        settings.put(entry.getKey(), value);
      }
    }
    return new CorpusFolder(folder.toString(), settings);
  }

  /** Opens the corpus there. */
  public Corpus open() {
    var hadoop = new Configuration();
    hadoopSettings.forEach(hadoop::set);
    return Corpus.open(new Path(uri), hadoop);
  }
}
