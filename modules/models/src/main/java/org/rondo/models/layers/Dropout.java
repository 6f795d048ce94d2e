package org.rondo.models.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.rondo.kernels.ValueException;
import org.rondo.models.Layer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Inverted dropout on the way between two layers (Zaremba et al. 2014: non-recurrent connections
 * only).
 *
 * @param rate share of the values that are dropped
 * @param locked whether all steps of a minibatch drop the same columns of a sequence (variational
 *     dropout, Gal and Ghahramani 2016)
 */
public record Dropout(
    double rate,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonDeserialize(using = Optionally.Flag.class)
        boolean locked)
    implements TrainingOnly {
  /** That drops values of each step by itself. */
  public Dropout(double rate) {
    this(rate, false);
  }

  public Dropout {
    requireRate("rate", rate);
  }

  static void requireRate(String key, double rate) {
    ValueException.unless(rate >= 0 && rate < 1, key, rate, "must be in [0,1)");
  }

  @Override
  public String scope() {
    return "dropout";
  }

  @Override
  public Layer bind(Workspace workspace, Signal below) {
    return new DropoutLayer(workspace, below, this);
  }

  @Override
  public String toString() {
    return (locked ? "locked dropout of " : "dropout of ") + rate;
  }
}
