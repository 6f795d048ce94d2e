package org.rondo.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.MatmulProvider;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;

/**
 * What the parts of one network are built with: the shape of its minibatches, kernels, memory,
 * parameters and gradient. Everything is planned and bound while the network is built; the steady
 * state allocates nothing.
 *
 * <p>{@link #within} narrows the names of parameters to one layer's.
 */
public final class Workspace {
  private final Shared shared;
  private final String scope;

  private record Shared(
      int steps,
      int batch,
      MatmulProvider matmul,
      Elementwise elementwise,
      ElementType precision,
      NativeMemory memory,
      Parameters parameters,
      Parameters gradient,
      Map<Product, Matmul> plans,
      List<PackedWeight> weights) {}

  Workspace(
      int steps,
      int batch,
      Kernels kernels,
      ElementType precision,
      ParameterLayout layout,
      NativeMemory memory) {
    this(
        new Shared(
            steps,
            batch,
            kernels.matmul(),
            kernels.elementwise(),
            precision,
            memory,
            new Parameters(layout, memory),
            new Parameters(layout, memory),
            new HashMap<>(),
            new ArrayList<>()),
        "");
  }

  private Workspace(Shared shared, String scope) {
    this.shared = shared;
    this.scope = scope;
  }

  /** The same workspace with names of parameters below {@code name}. */
  Workspace within(String name) {
    return new Workspace(shared, scope + name + ".");
  }

  /** T, the steps of a minibatch. */
  public int steps() {
    return shared.steps;
  }

  /** B, the sequences of a minibatch. */
  public int batch() {
    return shared.batch;
  }

  /** T*B, the rows of a buffer that holds all steps. */
  public int rows() {
    return shared.steps * shared.batch;
  }

  /** Element-wise passes. */
  public Elementwise elementwise() {
    return shared.elementwise;
  }

  /** A new buffer of float32 zeros that lives as long as the network. */
  public NativeBuffer floats(long length) {
    return shared.memory.floats(length);
  }

  /** The values of this part's parameter of that name. */
  public NativeBuffer parameter(String name) {
    return shared.parameters.slice(scope + name);
  }

  /** The gradient of this part's parameter of that name; overwritten by each backward pass. */
  public NativeBuffer gradient(String name) {
    return shared.gradient.slice(scope + name);
  }

  /** A plan for products of this shape, in the network's precision; equal shapes share it. */
  public Matmul plan(Product product) {
    return shared.plans.computeIfAbsent(
        product.with(shared.precision), p -> shared.matmul.plan(p, shared.memory));
  }

  /** A packed copy of this part's parameter of that name, as B of the plan's products. */
  public PackedWeight weight(Matmul plan, String name) {
    var weight = new PackedWeight(plan.weights(parameter(name)));
    shared.weights.add(weight);
    return weight;
  }

  void parametersChanged() {
    for (PackedWeight weight : shared.weights) {
      weight.parametersChanged();
    }
  }

  Parameters parameters() {
    return shared.parameters;
  }

  Parameters gradient() {
    return shared.gradient;
  }
}
