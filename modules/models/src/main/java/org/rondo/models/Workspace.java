package org.rondo.models;

import java.util.ArrayList;
import java.util.Arrays;
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
  private final int[] lengths;
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
      Map<String, WeightOperand> operands,
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
            new HashMap<>(),
            new ArrayList<>()),
        new int[batch],
        "");
    Arrays.fill(lengths, steps);
  }

  private Workspace(Shared shared, int[] lengths, String scope) {
    this.shared = shared;
    this.lengths = lengths;
    this.scope = scope;
  }

  /** The same workspace with names of parameters below {@code name}. */
  Workspace within(String name) {
    return new Workspace(shared, lengths, scope + name + ".");
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

  /**
   * Steps of each sequence of the minibatch in work, {@code (B)}, 0 to T; what follows them is
   * padding. The network writes them, layers read them.
   */
  public int[] lengths() {
    return lengths;
  }

  /** Whether that row of {@code (T,B)} lies behind the end of its sequence. */
  boolean isPadding(int row) {
    return row / batch() >= lengths[row % batch()];
  }

  /** Element-wise passes. */
  public Elementwise elementwise() {
    return shared.elementwise;
  }

  /** A new buffer of float32 zeros that lives as long as the network. */
  public NativeBuffer floats(long length) {
    return shared.memory.floats(length);
  }

  /**
   * Where the operand of these values belongs, the form in which products read them: the same
   * buffer in float32, a new one of equal length in bfloat16.
   */
  public NativeBuffer operand(NativeBuffer values) {
    return shared.precision == ElementType.FLOAT32
        ? values
        : shared.memory.allocate(shared.precision, values.length());
  }

  /** A new buffer of zeros for values that only products read. */
  public NativeBuffer operands(long length) {
    return shared.memory.allocate(shared.precision, length);
  }

  /** Writes the operand of all values, for passes that do not write it themselves. */
  public void round(NativeBuffer values, NativeBuffer operand) {
    if (operand.type() == ElementType.BFLOAT16) {
      shared.elementwise.toBfloat16(values, operand);
    }
  }

  /** What a layer hands upwards: new buffers of {@code (T,B,width)}. */
  public Signal signal(int width) {
    return signal(rows(), width);
  }

  /** A row for each sequence: new buffers of {@code (B,width)}. */
  Signal signalPerSequence(int width) {
    return signal(batch(), width);
  }

  private Signal signal(int rows, int width) {
    NativeBuffer values = floats((long) rows * width);
    return new Signal(values, operand(values), floats(values.length()), width);
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
    var weight = new PackedWeight(weight(name), plan);
    shared.weights.add(weight);
    return weight;
  }

  /** This part's parameter of that name for a product that runs too seldom to repay packing. */
  public WeightOperand weight(String name) {
    return shared.operands.computeIfAbsent(
        scope + name, n -> new WeightOperand(this, parameter(name)));
  }

  void parametersChanged() {
    shared.operands.values().forEach(WeightOperand::parametersChanged);
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
