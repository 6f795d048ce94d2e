package org.rondo.training.workspace;

import java.io.Serializable;
import org.rondo.models.NetworkSpec;

/**
 * What a {@link Workspace} is built from; equal keys may share one.
 *
 * @param network the description's JSON
 * @param unroll T of every minibatch
 * @param batch B of every minibatch
 * @param trains whether its network has a backward pass
 */
public record WorkspaceKey(
    String network, KernelPlan kernels, int unroll, int batch, boolean trains)
    implements Serializable {
  NetworkSpec spec() {
    return NetworkSpec.fromJson(network);
  }
}
