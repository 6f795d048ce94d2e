package org.rondo.training.sync;

import java.util.List;
import java.util.ServiceLoader;
import org.rondo.kernels.Elementwise;
import org.rondo.models.ValueException;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.Members;
import org.rondo.training.optimizers.UpdatePlan;

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

  /**
   * What a step is made of at the beginning of a run.
   *
   * @param layout of the network's parameters
   * @param passes that compute on the driver
   */
  record Beginning(SyncPlan sync, UpdatePlan update, ParameterLayout layout, Elementwise passes) {}

  /** The step that a run takes after every round, as it is at the beginning. */
  OuterStep begin(Beginning run);

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
    Synchronizer synchronizer = name == null ? null : Members.SYNCHRONIZERS.get(name);
    ValueException.unless(
        synchronizer != null, "sync.name", name, "no such synchronizer; there are " + names());
    return synchronizer;
  }
}
