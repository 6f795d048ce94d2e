package org.rondo.training;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * How the shards of a run come together again after every round. What they hand in is combined in
 * one way, see {@link Averaging}; what the driver then makes of the mean is the synchronizer's.
 * Found by {@link ServiceLoader}.
 */
public interface Synchronizer {
  /** The configuration's word for it. */
  String name();

  /** What shards hand in. */
  Exchange exchange();

  /** The step that a run takes after every round, at its beginning. */
  OuterStep begin(TrainingJob job);

  /** Every name. */
  static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The synchronizer of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Synchronizer named(String name) {
    Synchronizer synchronizer = all().get(name);
    Require.that(
        synchronizer != null,
        "sync.name = %s: no such synchronizer; there are %s".formatted(name, all().keySet()));
    return synchronizer;
  }

  private static Map<String, Synchronizer> all() {
    var found = new TreeMap<String, Synchronizer>();
    ClassLoader loader = Synchronizer.class.getClassLoader();
    for (Synchronizer s : ServiceLoader.load(Synchronizer.class, loader)) {
      found.put(s.name(), s);
    }
    return found;
  }
}
