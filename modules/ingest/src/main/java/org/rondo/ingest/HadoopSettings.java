package org.rondo.ingest;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * A Hadoop configuration in a form that travels to other machines.
 *
 * @param values whatever it holds beyond Hadoop's own defaults, unexpanded
 */
public record HadoopSettings(Map<String, String> values) implements Serializable {
  /** Read once, since its files are thousands of lines of XML and every look at a file asks. */
  private static final Configuration MACHINE = loaded();

  public HadoopSettings {
    values = Map.copyOf(values);
  }

  /** That configuration as this process sees it. */
  public static HadoopSettings of(Configuration hadoop) {
    var values = new TreeMap<String, String>();
    for (Map.Entry<String, String> entry : hadoop) {
      String value = hadoop.getRaw(entry.getKey());
      if (value != null && !isDefault(entry.getKey(), hadoop)) {
        values.put(entry.getKey(), value);
      }
    }
    return new HadoopSettings(values);
  }

  private static Configuration loaded() {
    var machine = new Configuration();
    machine.size(); // reads them now, so that copies need not
    return machine;
  }

  /** Whether Hadoop's own {@code core-default.xml} or one of its kind had the last word. */
  private static boolean isDefault(String key, Configuration hadoop) {
    String[] sources = hadoop.getPropertySources(key);
    return sources != null
        && sources.length > 0
        && sources[sources.length - 1].endsWith("-default.xml");
  }

  /** The configuration, over this machine's defaults. */
  public Configuration configuration() {
    var hadoop = new Configuration(MACHINE);
    // A copy's own is that of the thread that came first; file systems may lie in a user's jar.
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (loader != null) {
      hadoop.setClassLoader(loader);
    }
    values.forEach(hadoop::set);
    return hadoop;
  }
}
