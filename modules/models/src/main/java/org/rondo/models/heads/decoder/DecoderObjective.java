package org.rondo.models.heads.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.models.HeadSpec;
import org.rondo.models.Hypothesis;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.heads.SoftmaxObjective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The loss of labels of which each is predicted from the source and the right labels before it
 * (teacher forcing), or with {@link ScheduledSampling} from some drawn ones: {@code p(label) =
 * softmax(a W + b)}, with a of {@link DecoderSteps}.
 *
 * <p>Parameters, beside those of {@link DecoderSteps}: below {@code first} those of {@link
 * FirstState}, and {@code weight (H,V)} and {@code bias (V)} of the softmax; the bias alone if its
 * weight is tied to the labels' vectors.
 */
final class DecoderObjective implements Objective {
  /** Products over all steps are planned for as many numbers of them. */
  private static final int PARTS = 4;

  private static final String FIRST = "first";

  private final Workspace source;
  private final Signal input;
  private final HeadSpec spec;
  private final DecoderPlan plan;
  private final Workspace target;
  private final Elementwise elementwise;
  private final AttentionKeys keys;
  private final FirstState first;
  private final DecoderSteps steps;
  private final TargetRows rows;
  private final SoftmaxObjective softmax;
  private final float keep;

  /** {@code (U,B)}: what stands before each label. */
  private final int[] before;

  private final float[] state;
  private final double[] rowLosses;
  private int count;

  /** Null where labels before are always the right ones. */
  private final ScheduledSampling sampling;

  private BeamSearch search;
  private List<List<Hypothesis>> found = List.of();

  DecoderObjective(Workspace source, Signal input, HeadSpec spec) {
    this.source = source;
    this.input = input;
    this.spec = spec;
    this.plan = DecoderPlan.of(spec, input.width());
    int labels = DecoderPlan.labels(spec, source.steps());
    this.target = source.shaped(labels, source.batch(), PARTS);
    this.elementwise = source.elementwise();
    this.keys = AttentionKeys.of(plan.attention(), source.within("attention"), input, plan.units());
    this.first = new FirstState(source.within(FIRST), input, plan.stateWidths());
    this.steps = new DecoderSteps(target, source, input, keys, plan);
    this.rows = new TargetRows(target, plan.units());
    this.softmax =
        SoftmaxObjective.overFewRows(
            target,
            plan.tied() ? target.within(DecoderSteps.EMBEDDING) : target,
            rows.signal(),
            spec.outputs(),
            plan.smoothing());
    this.keep = (float) (1 - plan.dropout());
    this.before = new int[target.rows()];
    this.state = new float[steps.stateLength()];
    this.rowLosses = new double[target.rows()];
    boolean samples = source.trains() && plan.sampling() > 0;
    this.sampling = samples ? new ScheduledSampling(source, input, keys, plan, spec) : null;
    if (!source.trains()) {
      search = newSearch();
    }
  }

  static List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    DecoderPlan plan = DecoderPlan.of(spec, inputs);
    var all = new ArrayList<ParameterSpec>();
    for (ParameterSpec parameter : FirstState.parameters(inputs, plan.stateWidths())) {
      all.add(parameter.within(FIRST));
    }
    all.addAll(DecoderSteps.parameters(inputs, plan, spec.outputs()));
    all.addAll(
        plan.tied()
            ? List.of(SoftmaxObjective.bias(spec.outputs()))
            : SoftmaxObjective.parameters(plan.units(), spec.outputs()));
    return all;
  }

  private BeamSearch newSearch() {
    return new BeamSearch(source, input, keys, plan, spec);
  }

  /** Takes the labels, and makes of the encoder's outputs what steps begin with. */
  private void begin(Minibatch minibatch) {
    int end = spec.outputs() - 1;
    int batch = source.batch();
    System.arraycopy(minibatch.labelLengths(), 0, target.lengths(), 0, batch);
    count = 0;
    for (int length : target.lengths()) {
      count = Math.max(count, length);
    }
    for (int row = 0; row < before.length; row++) {
      int label = row < batch ? end : minibatch.targets()[row - batch];
      before[row] = label < 0 ? end : label;
    }
    keys.forward();
    first.forward(state, steps.layersAt(), 1);
    steps.loadState(state);
  }

  /** {@code (U,B)}: what stood before each label when the last minibatch was learned. */
  int[] before() {
    return before;
  }

  /** As with random numbers, of which it always takes the same. */
  @Override
  public double lossAndGradient(Minibatch minibatch) {
    return lossAndGradient(minibatch, CounterRandom.of(0), 0);
  }

  @Override
  public double lossAndGradient(Minibatch minibatch, CounterRandom random, long step) {
    begin(minibatch);
    if (sampling != null) {
      long draws = random.derive("scheduled sampling").key();
      sampling.draw(before, target.lengths(), count, state, draws, step);
    }
    Arrays.fill(state, 0f);
    steps.forwardTraining(before, count, random);
    rows.gather(steps.output(), minibatch.targets());
    Signal packed = rows.signal();
    boolean drops = keep < 1;
    long key = drops ? random.derive("decoder output").key() : 0;
    if (drops) {
      elementwise.dropout(packed.values(), packed.values(), keep, key);
    }
    target.round(packed.values(), packed.operand());
    double sum = softmax.lossAndGradient(rows.minibatch());
    if (drops) {
      elementwise.dropout(packed.gradient(), packed.gradient(), keep, key);
    }
    rows.scatter(steps.outputGradient());
    backward();
    return sum;
  }

  private void backward() {
    keys.clearGradient();
    steps.backward(count);
    if (count > 0) {
      steps.storeStateGradient(state);
    }
    first.backward(state, steps.layersAt());
    steps.endBackward(before, count);
    keys.backward();
  }

  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    begin(minibatch);
    steps.forward(before, count);
    rows.gather(steps.output(), minibatch.targets());
    target.round(rows.signal().values(), rows.signal().operand());
    Arrays.fill(rowLosses, 0);
    softmax.loss(rows.minibatch(), rowLosses);
    rows.addLosses(rowLosses, sums);
  }

  /** U*B. */
  @Override
  public int predictions() {
    return target.rows();
  }

  /** None: a label is chosen among all that could follow what was chosen before it. */
  @Override
  public void logits(float[] logits) {}

  @Override
  public void decode(int outputs, int[] labels) {
    if (search == null) {
      search = newSearch();
    }
    keys.forward();
    first.forward(search.state(), search.layersAt(), search.copies());
    found = search.run();
    Arrays.fill(labels, Minibatch.NO_TARGET);
    for (int b = 0; b < found.size(); b++) {
      if (!found.get(b).isEmpty()) {
        write(found.get(b).get(0), labels, b);
      }
    }
  }

  private void write(Hypothesis best, int[] labels, int b) {
    int length = best.labels().length;
    for (int u = 0; u < length; u++) {
      labels[u * source.batch() + b] = best.labels()[u];
    }
    if (best.ended()) {
      labels[length * source.batch() + b] = spec.outputs() - 1;
    }
  }

  @Override
  public List<Hypothesis> hypotheses(int b) {
    return found.isEmpty() ? List.of() : found.get(b);
  }
}
