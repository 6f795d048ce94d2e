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
  private final NetworkParts parts;
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
    this(spec, new NativeMemory(), steps, Workplace.of(spec, kernels, precision, batch, true));
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
        spec, new NativeMemory(), steps, Workplace.of(spec, kernels, precision, batch, false));
  }

  /** Makes the workspace of a network of so many steps. */
  private interface Workplace {
    Workspace with(int steps, NativeMemory memory);

    /** For networks that train, or only run forward. */
    static Workplace of(
        NetworkSpec spec, Kernels kernels, ElementType precision, int batch, boolean trains) {
      ParameterLayout layout = layout(spec);
      return trains
          ? (steps, memory) -> new Workspace(steps, batch, kernels, precision, layout, memory)
          : (steps, memory) ->
              Workspace.forEvaluation(steps, batch, kernels, precision, layout, memory);
    }
  }

  private Network(NetworkSpec spec, NativeMemory memory, List<Integer> steps, Workplace workplace) {
    this.spec = spec;
    this.memory = memory;
    try {
      Workspace workspace = workplace.with(steps.get(steps.size() - 1), memory);
      parts = NetworkParts.bind(spec, workspace);
      single = Minibatch.forNetwork(spec, 1, workspace.batch());
      gradient = new Gradient(workspace.gradient().values(), 1 + parts.input().maximumRanges());
      shorter = new ArrayList<>();
      for (int each : steps.subList(0, steps.size() - 1)) {
        shorter.add(new Network(this, each));
      }
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  /** One for minibatches of fewer steps, in the memory of the longer one. */
  private Network(Network longer, int steps) {
    spec = longer.spec;
    memory = longer.memory;
    gradient = longer.gradient;
    single = longer.single;
    shorter = List.of();
    parts = NetworkParts.bind(spec, longer.parts.workspace().withSteps(steps));
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
    return new Network(
        spec,
        NativeMemory.counting(),
        List.of(steps),
        Workplace.of(spec, kernels, precision, batch, trains));
  }

  /** Values of the hidden state of B sequences, without taking memory for them. */
  public static int stateLength(NetworkSpec spec, int batch) {
    try (Network network = counting(spec, ElementType.FLOAT32, 1, batch, false)) {
      return network.parts.layers().stateRows().length();
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
    return parts.workspace().steps();
  }

  /** B. */
  public int batch() {
    return parts.workspace().batch();
  }

  /** The parameters in use; after writing to them call {@link #parametersChanged}. */
  public Parameters parameters() {
    return parts.workspace().parameters();
  }

  /** Says that the parameters were written: packed weights are refreshed before their next use. */
  public void parametersChanged() {
    parts.workspace().parametersChanged();
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
    return parts.layers().stateRows();
  }

  /** A hidden state of zeros for this network's batch. */
  public HiddenState newState() {
    return new HiddenState(parts.layers().stateRows().length());
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
    parts.check().requireFits(minibatch);
    parts.forwardTraining(minibatch, state, random);
    double sum = parts.objective().lossAndGradient(minibatch, random, step);
    parts.backward(minibatch);
    setRanges();
    parts.layers().storeState(state.values());
    return new Loss(sum, minibatch.targetCount());
  }

  /**
   * What regularizing layers added to the mean loss of the last {@link #lossAndGradient}, whose
   * gradient is that of both together.
   */
  public double penalty() {
    return parts.layers().penalty();
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
    parts.check().requireFits(minibatch);
    var flow = new GradientFlow(minibatch);
    parts.forwardTraining(minibatch, state, random);
    parts.objective().lossAndGradient(flow.lastTargets(), random, step);
    parts.layers().backward();
    return parts.layers().hidden().stream().map(flow::norms).toArray(double[][]::new);
  }

  /**
   * Forward pass without dropout, for evaluation; advances the state.
   *
   * @param sums {@code (B)}: each sequence's sum over its targets, as {@link Loss}, is added
   * @throws IllegalArgumentException if an argument does not fit this network
   */
  public void loss(Minibatch minibatch, HiddenState state, double[] sums) {
    parts.check().requireFits(minibatch);
    parts.outputs().requireSums(sums);
    parts.forward(minibatch, state);
    parts.objective().loss(minibatch, sums);
  }

  /** Columns of what the head reads. */
  public int topWidth() {
    return parts.layers().output().width();
  }

  /**
   * As {@link #loss} of a head that predicts at every step, for each step by itself.
   *
   * @param losses {@code (T,B)}; overwritten
   * @param top {@code (T,B,width)}: what the head read; overwritten
   */
  public void stepLosses(Minibatch minibatch, HiddenState state, double[] losses, float[] top) {
    parts.check().requireFits(minibatch);
    parts.forward(minibatch, state);
    Arrays.fill(losses, 0);
    parts.objective().loss(minibatch, losses);
    parts.layers().output().values().read(0, top, 0, top.length);
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
    parts.check().requireFits(minibatch);
    parts.outputs().requireSums(sums);
    parts.outputs().requireLogits(logits);
    boolean values = spec.targetValues() > 0;
    if (!values || classes.length > 0) {
      parts.outputs().requireClasses(classes);
    }
    parts.forward(minibatch, state);
    parts.objective().loss(minibatch, sums);
    parts.objective().logits(logits);
    if (!values) {
      parts.decode(classes);
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
    parts.outputs().requireLogits(logits);
    parts.objective().marginals(logits);
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
    parts.outputs().requireNext(steps(), ids, single.inputs().length, logits);
    System.arraycopy(ids, 0, single.inputs(), 0, ids.length);
    parts.check().requireInputs(single);
    parts.forward(single, state);
    parts.objective().logits(logits);
  }

  /** Rows of logits: T*B of a head with one for each step, U*B of one of labels. */
  public int predictions() {
    return parts.objective().predictions();
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
    parts.check().requireFits(minibatch);
    parts.outputs().requireLogits(logits);
    parts.forward(minibatch, state);
    parts.objective().logits(logits);
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
    parts.check().requireFits(minibatch);
    parts.outputs().requireClasses(classes);
    parts.forward(minibatch, state);
    parts.decode(classes);
  }

  /** What a search found for sequence b when {@link #decode} or {@link #evaluate} ran last. */
  public List<Hypothesis> hypotheses(int b) {
    return parts.objective().hypotheses(b);
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

  private void requireTraining() {
    if (!parts.workspace().trains()) {
      throw new IllegalStateException("network: built for evaluation, it has no gradient");
    }
  }

  private void setRanges() {
    gradient.clearRanges();
    parts.input().addRanges(gradient, 0);
    int dense = parts.input().parameterCount();
    gradient.add(dense, gradient.values().length() - dense);
  }
}
