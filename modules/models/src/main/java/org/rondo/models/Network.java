package org.rondo.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.Parameters;
import org.rondo.models.workspace.Workspace;

/**
 * Layers and a head built from a {@link NetworkSpec} for minibatches of one shape {@code (T,B)};
 * owns its parameters, its gradient and its workspace. For one thread.
 *
 * <p>It may have others beside it, for minibatches of fewer steps, which share its parameters and
 * its gradient, so that nothing is copied when minibatches of several T take turns.
 *
 * <p>Everything is allocated, planned and bound while it is built; after that it allocates nothing.
 * Backpropagation is truncated at the minibatch: state is carried over its border, gradients are
 * not.
 */
public final class Network implements AutoCloseable {
  private final NetworkSpec spec;
  private final NativeMemory memory;
  private final Workspace workspace;
  private final MinibatchCheck check;
  private final InputLayer input;
  private final LayerStack layers;
  private final Objective objective;
  private final OutputCheck outputs;
  private final Gradient gradient;
  private final List<Network> shorter;

  /** What {@link #logits(int[], HiddenState, float[])} runs on. */
  private final Minibatch single;

  /**
   * Builds it with parameters of zeros.
   *
   * @param steps T, of every minibatch
   * @param batch B, of every minibatch
   * @param precision of the inputs of matrix products
   * @throws IllegalArgumentException if the description names a cell or head that does not exist
   */
  public Network(NetworkSpec spec, Kernels kernels, ElementType precision, int steps, int batch) {
    this(spec, kernels, precision, List.of(steps), batch);
  }

  /**
   * As {@link #Network(NetworkSpec, Kernels, ElementType, int, int)}, for the longest of several
   * numbers of steps; {@link #forSteps} gives those of the others.
   *
   * @param steps T of minibatches, ascending, at least one
   */
  public Network(
      NetworkSpec spec, Kernels kernels, ElementType precision, List<Integer> steps, int batch) {
    this(
        spec,
        new NativeMemory(),
        steps,
        (longest, memory) ->
            new Workspace(longest, batch, kernels, precision, layout(spec), memory));
  }

  /**
   * A network that only runs forward, with the same bits: it holds no gradients, and no buffer or
   * packed weights that only a backward pass needs.
   */
  public static Network forEvaluation(
      NetworkSpec spec, Kernels kernels, ElementType precision, int steps, int batch) {
    return forEvaluation(spec, kernels, precision, List.of(steps), batch);
  }

  /**
   * As {@link #forEvaluation(NetworkSpec, Kernels, ElementType, int, int)}, for the longest of
   * several numbers of steps; {@link #forSteps} gives those of the others.
   *
   * @param steps T of minibatches, ascending, at least one
   */
  public static Network forEvaluation(
      NetworkSpec spec, Kernels kernels, ElementType precision, List<Integer> steps, int batch) {
    return new Network(
        spec,
        new NativeMemory(),
        steps,
        (longest, memory) ->
            Workspace.forEvaluation(longest, batch, kernels, precision, layout(spec), memory));
  }

  /** Makes the workspace of a network of so many steps. */
  private interface Workplace {
    Workspace of(int steps, NativeMemory memory);
  }

  private Network(NetworkSpec spec, NativeMemory memory, List<Integer> steps, Workplace workplace) {
    this.spec = spec;
    this.memory = memory;
    try {
      workspace = starting(spec, workplace.of(steps.get(steps.size() - 1), memory));
      check = new MinibatchCheck(spec, workspace.steps(), workspace.batch());
      single = Minibatch.forNetwork(spec, 1, workspace.batch());
      input = spec.input().bind(workspace.within(spec.scopes().get(0)), 0);
      layers = new LayerStack(spec, workspace, input.output());
      objective = spec.head().bind(workspace.within(NetworkParameters.HEAD), layers.output());
      outputs = new OutputCheck(spec, workspace.batch(), objective.predictions());
      gradient = new Gradient(workspace.gradient().values(), 1 + input.maximumRanges());
      shorter = new ArrayList<>();
      for (int each : steps.subList(0, steps.size() - 1)) {
        shorter.add(new Network(this, each));
      }
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private static Workspace starting(NetworkSpec spec, Workspace workspace) {
    return spec.documentStart() == null ? workspace : workspace.withStarts();
  }

  /** One for minibatches of fewer steps, in the memory of the longer one. */
  private Network(Network longer, int steps) {
    spec = longer.spec;
    memory = longer.memory;
    gradient = longer.gradient;
    single = longer.single;
    shorter = List.of();
    workspace = starting(spec, longer.workspace.withSteps(steps));
    check = new MinibatchCheck(spec, steps, workspace.batch());
    input = spec.input().bind(workspace.within(spec.scopes().get(0)), 0);
    layers = new LayerStack(spec, workspace, input.output());
    objective = spec.head().bind(workspace.within(NetworkParameters.HEAD), layers.output());
    outputs = new OutputCheck(spec, workspace.batch(), objective.predictions());
  }

  /**
   * The network for minibatches of so many steps: this one or one of those beside it, which lives
   * as long as this one.
   *
   * @throws IllegalArgumentException if it was not built for them
   */
  public Network forSteps(int steps) {
    if (steps == steps()) {
      return this;
    }
    for (Network each : shorter) {
      if (steps == each.steps()) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "network: minibatches of T = %d, built for T = %s",
            steps,
            Stream.concat(shorter.stream(), Stream.of(this)).map(Network::steps).toList()));
  }

  /**
   * Off-heap bytes that a network takes, without taking them: all of its buffers, and weights
   * packed into no more room than they need. What an implementation of products takes for its own
   * work is not counted.
   *
   * @param trains whether it has a backward pass
   * @throws IllegalArgumentException if one of its buffers would hold 2 GiB or more
   */
  public static long nativeBytes(
      NetworkSpec spec, ElementType precision, int steps, int batch, boolean trains) {
    return NetworkMemory.bytes(spec, precision, steps, batch, trains);
  }

  /**
   * As {@link #nativeBytes(NetworkSpec, ElementType, int, int, boolean)}, of a network with others
   * beside it.
   *
   * @param steps T of each
   */
  public static long nativeBytes(
      NetworkSpec spec, ElementType precision, List<Integer> steps, int batch, boolean trains) {
    return NetworkMemory.bytes(spec, precision, steps, batch, trains);
  }

  /** A network of placeholders, which counts what its buffers would take. */
  static Network counting(
      NetworkSpec spec, ElementType precision, int steps, int batch, boolean trains) {
    Kernels kernels = Kernels.choose("java", "java"); // not run
    Workplace place =
        trains
            ? (t, memory) -> new Workspace(t, batch, kernels, precision, layout(spec), memory)
            : (t, memory) ->
                Workspace.forEvaluation(t, batch, kernels, precision, layout(spec), memory);
    return new Network(spec, NativeMemory.counting(), List.of(steps), place);
  }

  /** Values of the hidden state of B sequences, without taking memory for them. */
  public static int stateLength(NetworkSpec spec, int batch) {
    try (Network network = counting(spec, ElementType.FLOAT32, 1, batch, false)) {
      return network.layers.stateRows().length();
    }
  }

  /** Names and shapes of the parameters of such a network. */
  public static ParameterLayout layout(NetworkSpec spec) {
    return NetworkParameters.layout(spec);
  }

  /** Fresh parameters, a pure function of description and seed. */
  public static float[] initialParameters(NetworkSpec spec, long seed) {
    return NetworkParameters.initial(spec, seed);
  }

  /** What it was built from. */
  public NetworkSpec spec() {
    return spec;
  }

  /** T. */
  public int steps() {
    return workspace.steps();
  }

  /** B. */
  public int batch() {
    return workspace.batch();
  }

  /** The parameters in use; after writing to them call {@link #parametersChanged}. */
  public Parameters parameters() {
    return workspace.parameters();
  }

  /** Says that the parameters were written: packed weights are refreshed before their next use. */
  public void parametersChanged() {
    workspace.parametersChanged();
  }

  /**
   * The gradient of the last {@link #lossAndGradient}.
   *
   * @throws IllegalStateException if this network was built for evaluation
   */
  public Gradient gradient() {
    requireTraining();
    return gradient;
  }

  /** Where each sequence's values stand in a hidden state of this network. */
  public StateRows stateRows() {
    return layers.stateRows();
  }

  /** A hidden state of zeros for this network's batch. */
  public HiddenState newState() {
    return new HiddenState(layers.stateRows().length());
  }

  /**
   * One training step's forward and backward pass, dropout on; overwrites the gradient and advances
   * the state.
   *
   * @param random key of this step's dropout
   * @throws IllegalArgumentException if the minibatch or the state does not fit this network
   * @throws IllegalStateException if this network was built for evaluation
   */
  public Loss lossAndGradient(Minibatch minibatch, HiddenState state, CounterRandom random) {
    return lossAndGradient(minibatch, state, random, 0);
  }

  /**
   * As {@link #lossAndGradient(Minibatch, HiddenState, CounterRandom)}, of a step that is not the
   * first one.
   *
   * @param step minibatches that were trained before it
   */
  public Loss lossAndGradient(
      Minibatch minibatch, HiddenState state, CounterRandom random, long step) {
    requireTraining();
    check.requireFits(minibatch);
    forwardTraining(minibatch, state, random);
    double sum = objective.lossAndGradient(minibatch, random, step);
    layers.backward();
    input.backward(minibatch);
    setRanges();
    layers.storeState(state.values());
    return new Loss(sum, minibatch.targetCount());
  }

  /**
   * What regularizing layers added to the mean loss of the last {@link #lossAndGradient}, whose
   * gradient is that of both together.
   */
  public double penalty() {
    return layers.penalty();
  }

  /**
   * How far back gradients reach: for the loss of each sequence's last target alone, the norm of
   * the gradient of h, k steps before that target. A diagnostic: runs a forward and a backward pass
   * and overwrites the gradient, but trains nothing and leaves the state as it is.
   *
   * @param state before the minibatch; not modified
   * @param random key of the dropout
   * @param step minibatches that were trained before it
   * @return {@code [recurrent layer][k]}, lowest layer first, k from 0: root mean squares over the
   *     sequences that reach back k steps
   * @throws IllegalArgumentException if the minibatch or the state does not fit this network
   * @throws IllegalStateException if this network was built for evaluation
   */
  public double[][] gradientFlow(
      Minibatch minibatch, HiddenState state, CounterRandom random, long step) {
    requireTraining();
    check.requireFits(minibatch);
    var flow = new GradientFlow(minibatch);
    forwardTraining(minibatch, state, random);
    objective.lossAndGradient(flow.lastTargets(), random, step);
    layers.backward();
    return layers.hidden().stream().map(flow::norms).toArray(double[][]::new);
  }

  /**
   * Forward pass without dropout, for evaluation; advances the state.
   *
   * @param sums {@code (B)}: each sequence's sum over its targets, as {@link Loss}, is added
   * @throws IllegalArgumentException if an argument does not fit this network
   */
  public void loss(Minibatch minibatch, HiddenState state, double[] sums) {
    check.requireFits(minibatch);
    outputs.requireSums(sums);
    forward(minibatch, state);
    objective.loss(minibatch, sums);
  }

  /** Columns of what the head reads. */
  public int topWidth() {
    return layers.output().width();
  }

  /**
   * As {@link #loss} of a head that predicts at every step, for each step by itself.
   *
   * @param losses {@code (T,B)}; overwritten
   * @param top {@code (T,B,width)}: what the head read; overwritten
   */
  public void stepLosses(Minibatch minibatch, HiddenState state, double[] losses, float[] top) {
    check.requireFits(minibatch);
    forward(minibatch, state);
    Arrays.fill(losses, 0);
    objective.loss(minibatch, losses);
    layers.output().values().read(0, top, 0, top.length);
  }

  /**
   * What {@link #loss}, {@link #logits(Minibatch, HiddenState, float[])} and {@link #decode} give,
   * by one forward pass; advances the state.
   *
   * @param sums {@code (B)}: each sequence's sum over its targets is added
   * @param logits {@code (predictions, outputs)}; overwritten
   * @param classes {@code (predictions)}, overwritten; empty if the network predicts values
   * @throws IllegalArgumentException if an argument does not fit this network
   */
  public void evaluate(
      Minibatch minibatch, HiddenState state, double[] sums, float[] logits, int[] classes) {
    check.requireFits(minibatch);
    outputs.requireSums(sums);
    outputs.requireLogits(logits);
    boolean values = spec.targetValues() > 0;
    if (!values || classes.length > 0) {
      outputs.requireClasses(classes);
    }
    forward(minibatch, state);
    objective.loss(minibatch, sums);
    objective.logits(logits);
    if (!values) {
      decode(classes);
    }
  }

  /**
   * Turns the logits of the last minibatch that was evaluated into scores whose softmax is the
   * probability of each class in each prediction by itself: of tags that are chosen together, such
   * as those of a {@code crf}, the marginal ones; else the logits are that.
   *
   * @param logits {@code (predictions, outputs)} as {@link #evaluate} gave them; overwritten
   */
  public void marginals(float[] logits) {
    outputs.requireLogits(logits);
    objective.marginals(logits);
  }

  /**
   * Forward pass of a network of ids with T = 1 without dropout, for generation; advances the
   * state.
   *
   * @param ids {@code (B,K)} inputs
   * @param logits {@code (B, classes)}; overwritten
   * @throws IllegalArgumentException if T is not 1, the network takes values, or an argument does
   *     not fit it
   */
  public void logits(int[] ids, HiddenState state, float[] logits) {
    outputs.requireNext(steps(), ids, single.inputs().length, logits);
    System.arraycopy(ids, 0, single.inputs(), 0, ids.length);
    check.requireInputs(single);
    forward(single, state);
    objective.logits(logits);
  }

  /** Rows of logits: T*B of a head with one for each step, U*B of one of labels. */
  public int predictions() {
    return objective.predictions();
  }

  /**
   * Forward pass without dropout, for predictions; advances the state. What the head says to the
   * padding of a sequence means nothing.
   *
   * @param minibatch its targets are checked, but change nothing
   * @param logits {@code (predictions, outputs)}, the scores before the softmax or the predicted
   *     values; overwritten
   * @throws IllegalArgumentException if an argument does not fit this network
   */
  public void logits(Minibatch minibatch, HiddenState state, float[] logits) {
    check.requireFits(minibatch);
    outputs.requireLogits(logits);
    forward(minibatch, state);
    objective.logits(logits);
  }

  /**
   * Forward pass without dropout, for predictions; advances the state. The predicted classes: where
   * they depend on one another, as tags of a {@code crf} do, those of a sequence that are best
   * together; else each prediction's largest logit.
   *
   * @param minibatch its targets are checked, but change nothing
   * @param classes {@code (predictions)}; overwritten; {@link Minibatch#NO_TARGET} behind a
   *     sequence's end, of one for each step, behind its last label, and for a sequence of length 0
   * @throws IllegalArgumentException if an argument does not fit this network, or it predicts
   *     values
   */
  public void decode(Minibatch minibatch, HiddenState state, int[] classes) {
    check.requireFits(minibatch);
    outputs.requireClasses(classes);
    forward(minibatch, state);
    decode(classes);
  }

  private void decode(int[] classes) {
    objective.decode(spec.head().outputs(), classes);
    boolean perStep = spec.labels(steps()) == 0;
    for (int row = 0; row < classes.length; row++) {
      // A prediction for the whole of a sequence needs no more than its first step.
      if (workspace.isPadding(perStep ? row : row % batch())) {
        classes[row] = Minibatch.NO_TARGET;
      }
    }
  }

  /** What a search found for sequence b when {@link #decode} or {@link #evaluate} ran last. */
  public List<Hypothesis> hypotheses(int b) {
    return objective.hypotheses(b);
  }

  /** Off-heap bytes in use. */
  public long nativeBytes() {
    return memory.allocatedBytes();
  }

  /** Off-heap bytes of the largest buffer. */
  long largestBytes() {
    return memory.largestBytes();
  }

  @Override
  public void close() {
    memory.close();
  }

  private void forward(Minibatch minibatch, HiddenState state) {
    load(minibatch, state);
    input.forward(minibatch);
    layers.forward();
    layers.storeState(state.values());
  }

  private void forwardTraining(Minibatch minibatch, HiddenState state, CounterRandom random) {
    load(minibatch, state);
    input.forwardTraining(minibatch, random);
    layers.forwardTraining(random);
  }

  private void load(Minibatch minibatch, HiddenState state) {
    layers.stateRows().requireFits(state);
    System.arraycopy(minibatch.lengths(), 0, workspace.lengths(), 0, batch());
    boolean[] starts = workspace.starts();
    for (int row = 0; row < starts.length; row++) {
      starts[row] = !workspace.isPadding(row) && minibatch.inputs()[row] == spec.documentStart();
    }
    layers.loadState(state.values());
  }

  private void requireTraining() {
    if (!workspace.trains()) {
      throw new IllegalStateException("network: built for evaluation, it has no gradient");
    }
  }

  private void setRanges() {
    gradient.clearRanges();
    input.addRanges(gradient, 0);
    int dense = input.parameterCount();
    gradient.add(dense, gradient.values().length() - dense);
  }
}
