package org.rondo.models.layers;

import java.util.List;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Layer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * At every step the mean or the largest value of each unit over the sequence's steps so far. With
 * it below a head that pools by {@code last}, a sequence that comes in pieces has after each of
 * them the prediction of a head that pools all its steps. It has no backward pass: no member of a
 * description that is written, but put into one that is trained, in order to predict.
 */
public record RunningPooling(Kind kind) implements HiddenLayerSpec {
  /** What becomes of the steps. */
  public enum Kind {
    /** Their mean. */
    MEAN,
    /** The largest value of each unit; of a NaN, that. */
    MAX
  }

  @Override
  public String scope() {
    return "running-pooling";
  }

  @Override
  public int width(int inputs) {
    return inputs;
  }

  @Override
  public List<ParameterSpec> parameters(int inputs) {
    return List.of();
  }

  @Override
  public boolean startsDocuments() {
    return false;
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new RunningPoolingLayer(workspace, below, kind);
  }

  @Override
  public String toString() {
    return "running pooling: " + kind;
  }
}
