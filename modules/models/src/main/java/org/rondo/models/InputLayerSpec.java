package org.rondo.models;

import java.util.List;
import org.rondo.models.workspace.Workspace;

/** The first layer of a network: it turns what a minibatch holds into the first signal. */
public non-sealed interface InputLayerSpec extends LayerSpec {
  /**
   * The {@link #scope} of a layer whose parameter {@code weight (V,E)} is a vector for each of V
   * ids, which the head may share.
   */
  String EMBEDDING = "embedding";

  /** Below what each id of a step is, K bounds; empty where it takes no ids. */
  default List<Integer> idColumns() {
    return List.of();
  }

  /** F, values in a step; 0 where it takes none. */
  default int values() {
    return 0;
  }

  /**
   * Makes the layer over minibatches of the workspace's shape.
   *
   * @param workspace its parameters by the names of {@link #parameters}
   * @param column of a minibatch's ids that is its first
   */
  InputLayer bind(Workspace workspace, int column);
}
