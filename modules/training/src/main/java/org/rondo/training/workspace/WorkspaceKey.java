package org.rondo.training.workspace;

import java.io.Serializable;
import java.util.List;
import org.rondo.models.NetworkSpec;

/**
 * What a {@link Workspace} is built from; equal keys may share one.
 *
 * @param network the description's JSON
 * @param steps T of minibatches, ascending
 * @param batch B of every minibatch
 * @param trains whether its network has a backward pass
 */
public record WorkspaceKey(
    String network, KernelPlan kernels, List<Integer> steps, int batch, boolean trains)
    implements Serializable {
  public WorkspaceKey {
    steps = List.copyOf(steps);
  }

  NetworkSpec spec() {
    return NetworkSpec.fromJson(network);
  }
}
