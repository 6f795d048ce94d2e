package org.rondo.training;

import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

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
    return List.copyOf(Members.SYNCHRONIZERS.keySet());
  }

  /**
   * The synchronizer of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Synchronizer named(String name) {
    Synchronizer synchronizer = Members.SYNCHRONIZERS.get(name);
    Require.that(
        synchronizer != null,
        String.format(
            Locale.ROOT,
            "sync.name = %s: no such synchronizer; there are %s",
            name,
            Members.SYNCHRONIZERS.keySet()));
    return synchronizer;
  }
}
