package org.rondo.models.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.workspace.Workspace;

/**
 * The steps of a recurrence that is composed of parts: written once, in the order of its equations,
 * then run for one minibatch after another.
 */
final class StepTape {
  private final Workspace workspace;
  private final List<List<StepPart>> steps = new ArrayList<>();
  private final List<StepProducts> products = new ArrayList<>();
  private final List<NativeBuffer> sums = new ArrayList<>();

  StepTape(Workspace workspace) {
    this.workspace = workspace;
    for (int t = 0; t < workspace.steps(); t++) {
      steps.add(new ArrayList<>());
    }
  }

  /** Adds the part of each step t. */
  void add(IntFunction<StepPart> part) {
    for (int t = 0; t < steps.size(); t++) {
      steps.get(t).add(part.apply(t));
    }
  }

  /** Adds one product to each step. */
  void add(StepProducts product) {
    products.add(product);
    add(t -> StepPart.of(() -> product.forward(t), () -> product.backward(t)));
  }

  /** The gradient of a parameter that parts add to; zero before the last step runs backward. */
  NativeBuffer sum(String parameter) {
    NativeBuffer gradient = workspace.gradient(parameter);
    sums.add(gradient);
    return gradient;
  }

  /** Steps {@code [from, to)}, first to last. */
  void forward(int from, int to) {
    for (int i = 0; i < products.size(); i++) {
      products.get(i).beginForward();
    }
    for (int t = from; t < to; t++) {
      List<StepPart> parts = steps.get(t);
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).forward();
      }
    }
  }

  /** To be called before the first {@link #backward} of a minibatch. */
  void beginBackward() {
    for (int i = 0; i < products.size(); i++) {
      products.get(i).beginBackward();
    }
    for (int i = 0; i < sums.size(); i++) {
      sums.get(i).clear(0, sums.get(i).length());
    }
  }

  /** Steps {@code [from, to)}, last to first. */
  void backward(int from, int to) {
    for (int t = to - 1; t >= from; t--) {
      List<StepPart> parts = steps.get(t);
      for (int i = parts.size() - 1; i >= 0; i--) {
        parts.get(i).backward();
      }
    }
  }

  /** The weight gradients of products, over that many steps. */
  void endBackward(int count) {
    for (int i = 0; i < products.size(); i++) {
      products.get(i).weightGradient(count);
    }
  }

  /** The gradient of the state before the first step. */
  void backwardToFirstState() {
    for (int i = 0; i < products.size(); i++) {
      products.get(i).backwardToFirstState();
    }
  }
}
