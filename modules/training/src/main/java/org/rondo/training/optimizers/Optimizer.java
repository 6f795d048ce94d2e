package org.rondo.training.optimizers;

import java.util.List;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.OpenSet;
import org.rondo.models.parameters.Gradient;

/**
 * One update rule over the flat parameter vector, without state of its own: what it remembers lies
 * in slots of the parameters' length, which the shard carries. Found by an {@link OpenSet}.
 */
public interface Optimizer {
  /** Every optimizer that is found. */
  OpenSet<Optimizer> ALL =
      new OpenSet<>(Optimizer.class, "optimizer.name", "optimizer", Optimizer::name);

  /** The configuration's word for it. */
  String name();

  /** Vectors of the parameters' length that it remembers, zero at first. */
  int slots();

  /** Whether {@link OptimizerPlan#weightDecay} means something to it. */
  default boolean decaysWeights() {
    return false;
  }

  /** Updates parameters and slots in place. */
  void update(Step step);

  /**
   * One minibatch's update.
   *
   * @param passes that compute it
   * @param update parameters, dense gradient, learning rate and the scale of clipping
   * @param gradient the same gradient with the ranges outside which it is zero
   * @param slots as many as {@link #slots}
   * @param number 1 for the shard's first minibatch
   */
  record Step(
      OptimizerPlan plan,
      Elementwise passes,
      Elementwise.Update update,
      Gradient gradient,
      List<NativeBuffer> slots,
      long number) {}

  /** Every name. */
  static List<String> names() {
    return ALL.names();
  }

  /**
   * The rule of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Optimizer named(String name) {
    return ALL.named(name);
  }
}
