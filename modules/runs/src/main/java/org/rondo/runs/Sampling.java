package org.rondo.runs;

import org.rondo.evaluation.Generator;
import org.rondo.models.Network;
import org.rondo.training.Checkpoint;
import org.rondo.training.KernelPlan;

/** Lets a checkpoint write, in this process. */
public final class Sampling {
  private Sampling() {}

  /** The configuration's prime and what the checkpoint's network adds to it. */
  public static String text(Checkpoint checkpoint, Plans plans) {
    // One token at a time gains nothing that would be worth other text on other machines.
    KernelPlan kernels = plans.kernels().decided(false);
    try (Network network =
        Network.forEvaluation(
            checkpoint.network(), kernels.choose(), kernels.elementType(), 1, 1)) {
      network.parameters().set(checkpoint.parameters());
      network.parametersChanged();
      return new Generator(network, checkpoint.vocabulary())
          .generate(plans.prime(), plans.generation());
    }
  }
}
