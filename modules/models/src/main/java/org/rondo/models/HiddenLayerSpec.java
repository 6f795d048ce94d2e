package org.rondo.models;

import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** A layer on top of another one. */
public non-sealed interface HiddenLayerSpec extends LayerSpec {
  /**
   * Makes the layer over minibatches of the workspace's shape.
   *
   * @param workspace its parameters by the names of {@link #parameters}
   * @param below output of the layer below
   */
  Layer bind(Workspace workspace, Signal below);
}
