package org.rondo.frames.predict;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Features;
import org.rondo.tasks.Task;
import org.rondo.training.KernelAgreement;
import org.rondo.training.workspace.KernelPlan;

/** A model as it goes with the tasks of Spark, whose parameters each executor has once. */
public final class ShippedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String task;
  private final String features;
  private final String network;
  private final KernelPlan kernels;
  private final String fingerprint;
  private final Broadcast<float[]> parameters;

  /**
   * @param parameters of the model's network, as its layout says
   */
  public ShippedModel(FrameModel model, Broadcast<float[]> parameters) {
    this.task = model.features().task();
    this.features = model.features().toJson();
    this.network = model.network().toJson();
    this.kernels = model.kernels();
    this.fingerprint = kernels.fingerprint();
    this.parameters = parameters;
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
    KernelAgreement.requireAlike(kernels, kernels.fingerprint(), fingerprint, what);
    P opened =
        opening.open(
            features(),
            NetworkSpec.fromJson(network),
            parameters.value(),
            kernels.choose(),
            kernels.elementType());
    TaskCompletionListener ending = context -> closing.accept(opened);
    TaskContext.get().addTaskCompletionListener(ending);
    return opened;
  }
}
