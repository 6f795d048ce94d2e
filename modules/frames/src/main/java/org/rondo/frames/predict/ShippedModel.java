package org.rondo.frames.predict;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.spark.broadcast.Broadcast;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Features;
import org.rondo.tasks.Task;

/** A model as it goes with the tasks of Spark, whose parameters each executor has once. */
public final class ShippedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String task;
  private final String features;
  private final ShippedNetwork network;

  /**
   * @param parameters of the model's network, as its layout says
   */
  public ShippedModel(FrameModel model, Broadcast<float[]> parameters) {
    this.task = model.features().task();
    this.features = model.features().toJson();
    this.network = new ShippedNetwork(model.network(), model.kernels(), parameters);
  }

  /** Makes what predicts. */
  public interface Opening<P> {
    /** Of these features, network, parameters, kernels and precision. */
    P open(
        Features features,
        NetworkSpec network,
        float[] parameters,
        Kernels kernels,
        ElementType precision);
  }

  Features features() {
    return Task.ALL.named(task).features(features);
  }

  /**
   * Opens what predicts in the running task, and closes it when the task ends.
   *
   * @param what for an error, such as {@code prediction}
   * @throws org.rondo.training.TrainingException if the kernels here are others than the driver's
   */
  public <P> P open(String what, Opening<P> opening, Consumer<P> closing) {
    return network.open(what, of(opening), closing);
  }

  /** As {@link #open(String, Opening, Consumer)}, for the caller to close. */
  public <P> P open(String what, Opening<P> opening) {
    return network.open(what, of(opening));
  }

  private <P> ShippedNetwork.Opening<P> of(Opening<P> opening) {
    return (spec, parameters, kernels, precision) ->
        opening.open(features(), spec, parameters, kernels, precision);
  }
}
