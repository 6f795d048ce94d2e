package org.rondo.frames.predict;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.NetworkSpec;
import org.rondo.training.KernelAgreement;
import org.rondo.training.workspace.KernelPlan;

/** A network as it goes with the tasks of Spark, whose parameters each executor has once. */
public final class ShippedNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String network;
  private final KernelPlan kernels;
  private final String fingerprint;
  private final Broadcast<float[]> parameters;

  /**
   * @param kernels that run it, in a precision that is decided
   * @param parameters of the network, as its layout says
   */
  public ShippedNetwork(NetworkSpec network, KernelPlan kernels, Broadcast<float[]> parameters) {
    this.network = network.toJson();
    this.kernels = kernels;
    this.fingerprint = kernels.fingerprint();
    this.parameters = parameters;
  }

  /** Makes what runs the network. */
  public interface Opening<P> {
    /** Of this network, with its parameters, kernels and precision. */
    P open(NetworkSpec network, float[] parameters, Kernels kernels, ElementType precision);
  }

  /**
   * Opens what runs the network in the running task, and closes it when the task ends.
   *
   * @param what for an error, such as {@code prediction}
   * @throws org.rondo.training.TrainingException if the kernels here are others than the driver's
   */
  public <P> P open(String what, Opening<P> opening, Consumer<P> closing) {
    P opened = open(what, opening);
    TaskCompletionListener ending = context -> closing.accept(opened);
    TaskContext.get().addTaskCompletionListener(ending);
    return opened;
  }

  /**
   * As {@link #open(String, Opening, Consumer)}, for the caller to close.
   *
   * @throws org.rondo.training.TrainingException as there
   */
  public <P> P open(String what, Opening<P> opening) {
    KernelAgreement.requireAlike(kernels, kernels.fingerprint(), fingerprint, what);
    return opening.open(
        NetworkSpec.fromJson(network), parameters.value(), kernels.choose(), kernels.elementType());
  }
}
