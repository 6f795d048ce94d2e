package org.rondo.evaluation;

import java.io.Serializable;
import java.util.List;
import org.rondo.ingest.Shard;
import org.rondo.kernels.Elementwise;
import org.rondo.models.Network;

/** How a network is measured on one part of a split. Travels to tasks. */
public interface PartEvaluator extends Serializable {
  /** As it was trained, see {@link StreamEvaluator}. */
  PartEvaluator PLAIN =
      (network, passes, part, metrics) -> StreamEvaluator.sums(network, part, metrics);

  /**
   * What it makes of the part from its beginning to its end.
   *
   * @param network of the part's T and B; its parameters may be changed
   * @param passes of its kernels
   * @param metrics whose sums are wanted
   * @throws IllegalArgumentException if T or B are others, or the part holds what the network does
   *     not take
   */
  PartSums sums(Network network, Elementwise passes, Shard part, List<Metric> metrics);

  /** Whether it needs gradients: of the network as it is in evaluation, without dropout. */
  default boolean trains() {
    return false;
  }
}
