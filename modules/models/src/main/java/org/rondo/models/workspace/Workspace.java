package org.rondo.models.workspace;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.MatmulProvider;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.Parameters;

/**
 * What the parts of one network are built with: the shape of its minibatches, kernels, memory,
 * parameters and gradient. Everything is planned and bound while the network is built; the steady
 * state allocates nothing.
 *
 * <p>{@link #layer} narrows the names of parameters, and random numbers, to one layer's.
 */
public final class Workspace {
  /** More rows than any parameter has. */
  public static final int ALL_ROWS = Integer.MAX_VALUE;

  private static final boolean[] NO_STARTS = {};

  private final Shared shared;
  private final int[] lengths;
  private final boolean[] starts;
  private final String scope;
  private final int layer;

  /** T and B of the minibatches, their parts, and whether there is a backward pass. */
  private record Shape(int steps, int batch, int parts, boolean trains) {}

  private record Shared(
      Shape shape,
      MatmulProvider matmul,
      Elementwise elementwise,
      ElementType precision,
      NativeMemory memory,
      Parameters parameters,
      Parameters gradient,
      Map<Product, Matmul> plans,
      Map<String, WeightOperand> operands,
      Map<String, WeightDrop> drops,
      Map<String, BitSet> touched,
      Map<String, Integer> tied) {
    /** For minibatches of another shape; all else is the same, and is one. */
    Shared with(int steps, int batch, int parts) {
      return new Shared(
          new Shape(steps, batch, parts, shape.trains),
          matmul,
          elementwise,
          precision,
          memory,
          parameters,
          gradient,
          plans,
          operands,
          drops,
          touched,
          tied);
    }
  }

  /** Of a network that trains. */
  public Workspace(
      int steps,
      int batch,
      Kernels kernels,
      ElementType precision,
      ParameterLayout layout,
      NativeMemory memory) {
    this(
        new Shape(steps, batch, 1, true),
        kernels,
        precision,
        memory,
        new Parameters(layout, memory),
        new Parameters(layout, memory));
  }

  /**
   * Of a network that only runs forward: what is asked for on behalf of gradients is a {@linkplain
   * NativeBuffer#placeholder placeholder}, and products that read or write one are not planned.
   */
  public static Workspace forEvaluation(
      int steps,
      int batch,
      Kernels kernels,
      ElementType precision,
      ParameterLayout layout,
      NativeMemory memory) {
    return new Workspace(
        new Shape(steps, batch, 1, false),
        kernels,
        precision,
        memory,
        new Parameters(layout, memory),
        Parameters.placeholder(layout));
  }

  private Workspace(
      Shape shape,
      Kernels kernels,
      ElementType precision,
      NativeMemory memory,
      Parameters parameters,
      Parameters gradient) {
    this(
        new Shared(
            shape,
            kernels.matmul(),
            kernels.elementwise(),
            precision,
            memory,
            parameters,
            gradient,
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>()));
  }

  /** Of a whole network, whose sequences are as long as its minibatches. */
  private Workspace(Shared shared) {
    this(shared, new int[shared.shape.batch], NO_STARTS, "", 0);
    Arrays.fill(lengths, shared.shape.steps);
  }

  private Workspace(Shared shared, int[] lengths, boolean[] starts, String scope, int layer) {
    this.shared = shared;
    this.lengths = lengths;
    this.starts = starts;
    this.scope = scope;
    this.layer = layer;
  }

  /**
   * The same workspace for one hidden layer.
   *
   * @param name names of parameters are below it
   * @param number of the layer, which tells its random numbers from those of others
   */
  public Workspace layer(String name, int number) {
    return new Workspace(shared, lengths, starts, scope + name + ".", number);
  }

  /** The same workspace with names of parameters below {@code name}. */
  public Workspace within(String name) {
    return new Workspace(shared, lengths, starts, scope + name + ".", layer);
  }

  /**
   * For a network of the same layers over minibatches of other steps, with the same parameters and
   * the same gradient.
   *
   * @param steps T of its minibatches
   */
  public Workspace withSteps(int steps) {
    return new Workspace(shared.with(steps, batch(), 1));
  }

  /** The same workspace, for a network that tells where documents begin, see {@link #starts}. */
  public Workspace withStarts() {
    return new Workspace(shared, lengths, new boolean[rows()], scope, layer);
  }

  /**
   * For a part of this layer that works on minibatches of another shape, such as the characters of
   * words; with lengths of their own, and the same names of parameters.
   */
  public Workspace shaped(int steps, int batch) {
    return shaped(steps, batch, 1);
  }

  /**
   * As {@link #shaped(int, int)}, where minibatches often have fewer steps: products over all steps
   * are planned for several numbers of them.
   *
   * @param parts how many, as even as they can be; at most {@code steps}
   */
  public Workspace shaped(int steps, int batch, int parts) {
    var ownLengths = new int[batch];
    Arrays.fill(ownLengths, steps);
    return new Workspace(shared.with(steps, batch, parts), ownLengths, NO_STARTS, scope, layer);
  }

  /** Numbers of steps that products over all steps are planned for. */
  public int parts() {
    return shared.shape.parts;
  }

  /** The steps of that part and all before it; T of the last one. */
  public int partSteps(int part) {
    return (steps() * (part + 1) + parts() - 1) / parts();
  }

  /** The first part that holds so many steps. */
  public int partOf(int steps) {
    int part = 0;
    while (partSteps(part) < steps) {
      part++;
    }
    return part;
  }

  /** Whether there is a backward pass. */
  public boolean trains() {
    return shared.shape.trains;
  }

  /** T, the steps of a minibatch. */
  public int steps() {
    return shared.shape.steps;
  }

  /** B, the sequences of a minibatch. */
  public int batch() {
    return shared.shape.batch;
  }

  /** T*B, the rows of a buffer that holds all steps. */
  public int rows() {
    return steps() * batch();
  }

  /**
   * Steps of each sequence of the minibatch in work, {@code (B)}, 0 to T; what follows them is
   * padding. The network writes them, layers read them.
   */
  public int[] lengths() {
    return lengths;
  }

  /**
   * The rows of {@code (T,B)} before which a document ended, so that what recurrences carry begins
   * with zeros there; empty for a network whose documents are one stream. The network writes them,
   * recurrences read them.
   */
  public boolean[] starts() {
    return starts;
  }

  /** Whether that row of {@code (T,B)} lies behind the end of its sequence. */
  public boolean isPadding(int row) {
    return row / batch() >= lengths[row % batch()];
  }

  /**
   * Zeros behind each sequence's end. Gradients are zero there, but values that ran away in a long
   * padding would make NaN of them.
   *
   * @param values {@code (T,B,width)}
   */
  public void clearPadding(NativeBuffer values, int width) {
    for (int row = 0; row < rows(); row++) {
      if (isPadding(row)) {
        values.clear(row * width, width);
      }
    }
  }

  /** The random numbers of this layer among those of a minibatch. */
  public CounterRandom random(CounterRandom minibatch) {
    return random(minibatch, layer);
  }

  /** The random numbers of the hidden layer of that number; dropout is what needs some. */
  public static CounterRandom random(CounterRandom minibatch, int layer) {
    return minibatch.derive("dropout").derive(layer);
  }

  /** Element-wise passes. */
  public Elementwise elementwise() {
    return shared.elementwise;
  }

  /** A new buffer of float32 zeros that lives as long as the network. */
  public NativeBuffer floats(long length) {
    return shared.memory.floats(length);
  }

  /** As {@link #floats}, for gradients: without memory where there is no backward pass. */
  public NativeBuffer gradientFloats(long length) {
    return trains() ? floats(length) : NativeBuffer.placeholder(ElementType.FLOAT32, length);
  }

  /** As {@link #operand}, for gradients that take the place of these values. */
  public NativeBuffer gradientOperand(NativeBuffer values) {
    return trains() || shared.precision == ElementType.FLOAT32
        ? operand(values)
        : NativeBuffer.placeholder(shared.precision, values.length());
  }

  /**
   * Where the operand of these values belongs, the form in which products read them: the same
   * buffer in float32, a new one of equal length in bfloat16.
   */
  public NativeBuffer operand(NativeBuffer values) {
    return shared.precision == ElementType.FLOAT32 ? values : operands(values.length());
  }

  /** A new buffer of zeros that only products read. */
  public NativeBuffer operands(long length) {
    return shared.memory.allocate(shared.precision, length);
  }

  /**
   * A new buffer of zeros for gradients that only products read. In float32 values may stand there
   * before; in bfloat16 it has no memory where there is no backward pass.
   */
  public NativeBuffer gradientOperands(long length) {
    return trains() || shared.precision == ElementType.FLOAT32
        ? operands(length)
        : NativeBuffer.placeholder(shared.precision, length);
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
  public Signal signalPerSequence(int width) {
    return signal(batch(), width);
  }

  private Signal signal(int rows, int width) {
    NativeBuffer values = floats((long) rows * width);
    return new Signal(values, operand(values), gradientFloats(values.length()), width);
  }

  /** The values of this part's parameter of that name. */
  public NativeBuffer parameter(String name) {
    return shared.parameters.slice(scope + name);
  }

  /** The gradient of this part's parameter of that name; overwritten by each backward pass. */
  public NativeBuffer gradient(String name) {
    return shared.gradient.slice(scope + name);
  }

  /**
   * The rows of this part's parameter of that name whose gradient may not be zero, whichever of the
   * networks that share it wrote it last.
   */
  public BitSet touchedRows(String name) {
    return shared.touched.computeIfAbsent(scope + name, n -> new BitSet());
  }

  /** A plan for products of this shape, in the network's precision; equal shapes share it. */
  public Matmul plan(Product product) {
    return shared.plans.computeIfAbsent(product.with(shared.precision), this::newPlan);
  }

  private Matmul newPlan(Product product) {
    return trains() && !shared.memory.isCounting()
        ? shared.matmul.plan(product, shared.memory)
        : new DeferredMatmul(product, () -> shared.matmul.plan(product, shared.memory));
  }

  /** A packed copy of this part's parameter of that name, as B of the plan's products. */
  public PackedWeight weight(Matmul plan, String name) {
    WeightOperand source = weight(name);
    if (shared.memory.isCounting()) {
      shared.memory.allocate(shared.precision, source.values().length());
    }
    return new PackedWeight(source, plan);
  }

  /** This part's parameter of that name for a product that runs too seldom to repay packing. */
  public WeightOperand weight(String name) {
    WeightDrop drop = shared.drops.get(scope + name);
    return drop != null
        ? drop.operand()
        : shared.operands.computeIfAbsent(
            scope + name, n -> new WeightOperand(this, parameter(name)));
  }

  /**
   * Has products read what a {@link WeightDrop} leaves of this part's parameter of that name; to be
   * asked for before they are bound.
   *
   * @param rate share of the weights that a minibatch of training goes without
   */
  public WeightDrop weightDrop(String name, double rate) {
    return shared.drops.computeIfAbsent(
        scope + name, n -> new WeightDrop(this, n, parameter(name), gradient(name), rate));
  }

  /**
   * The same workspace with names of parameters below {@code name}, whichever part of the network
   * this is: for a parameter that another part has as well.
   */
  public Workspace ofNetwork(String name) {
    return new Workspace(shared, lengths, starts, name + ".", layer);
  }

  /**
   * Says that another part overwrites the gradient of this part's parameter of that name, before
   * the part that has it adds its own.
   */
  public void tie(String name) {
    shared.tied.put(scope + name, ALL_ROWS);
  }

  /**
   * As {@link #tie}, of a part that clears the {@link #touchedRows} and then touches some.
   *
   * @param most rows that it touches
   */
  public void tieRows(String name, int most) {
    shared.tied.merge(scope + name, most, Math::max);
  }

  /**
   * How many rows of that gradient another part may have written first, see {@link #tie} and {@link
   * #tieRows}: known once all are bound. {@link #ALL_ROWS} means all of them.
   */
  public IntSupplier tied(String name) {
    String whole = scope + name; // not made anew in every step
    return () -> shared.tied.getOrDefault(whole, 0);
  }

  public void parametersChanged() {
    shared.operands.values().forEach(WeightOperand::changed);
    shared.drops.values().forEach(WeightDrop::parametersChanged);
  }

  public Parameters parameters() {
    return shared.parameters;
  }

  public Parameters gradient() {
    return shared.gradient;
  }
}
