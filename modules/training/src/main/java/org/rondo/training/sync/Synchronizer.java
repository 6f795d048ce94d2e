package org.rondo.training.sync;

import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.OpenSet;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.optimizers.UpdatePlan;

/**
 * How the shards of a run come together again after every round. What they hand in is combined in
 * one way, see {@link Averaging}; what the driver then makes of the mean is the synchronizer's.
 * Found by an {@link OpenSet}.
 */
public interface Synchronizer {
  /** Every synchronizer that is found. */
  OpenSet<Synchronizer> ALL =
      new OpenSet<>(Synchronizer.class, "sync.name", "synchronizer", Synchronizer::name);

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
    return ALL.names();
  }

  /**
   * The synchronizer of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Synchronizer named(String name) {
    return ALL.named(name);
  }
}
