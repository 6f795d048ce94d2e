package org.rondo.models.heads.decoder;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Set;
import org.rondo.kernels.ValueException;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Objective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Labels of their own number and order, such as a translation's words: a recurrent decoder that
 * attends to the steps of the network below, its encoder. See {@link DecoderSteps}.
 *
 * <p>Of O outputs, the last class, O-1, is the end. It is the last of every sequence's labels, and
 * counts as one of them; it also stands before the first one. Sequences are taken whole.
 *
 * <p>Options of the decoder:
 *
 * <ul>
 *   <li>{@code units}, H: by default as many as the encoder has outputs; {@code cell}, by default
 *       {@code lstm}; {@code layers}, 1.
 *   <li>{@code embedding}: the width of labels' vectors, by default H.
 *   <li>{@code attention}: {@code general} (default), {@code dot}, {@code scaled} or {@code
 *       additive}.
 *   <li>{@code input_feeding}, true: whether a step reads the attentional vector of the one before.
 *   <li>{@code dropout}, 0: the rate on labels' vectors, between layers, and below the softmax.
 *   <li>{@code label_smoothing}, 0: the part of each target's probability that is spread evenly
 *       over all classes, in training.
 *   <li>{@code tied}, false: whether the softmax has the weights of labels' vectors, which are as
 *       wide as H then.
 *   <li>{@code scheduled_sampling}, 0: k of {@link ScheduledSampling}, in minibatches.
 *   <li>{@code labels_per_step}, 1.5, and {@code more_labels}, 10: a sequence of T steps has at
 *       most {@code ceil(labels_per_step * T) + more_labels} labels. Only as many are computed as
 *       the longest of a minibatch has.
 * </ul>
 *
 * <p>Options of its search, see {@link SearchPlan}: {@code beam}, 5; {@code best}, 1; {@code
 * length_penalty}, 0.6; {@code coverage_penalty}, 0.
 *
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau, Cho and Bengio 2015</a>
 * @see <a href="https://aclanthology.org/D15-1166">Luong, Pham and Manning 2015</a>, input feeding
 */
@AutoService(Head.class)
public final class DecoderHead implements Head {
  /** Values of the option {@code attention}, its default first. */
  public static final List<String> ATTENTIONS = List.of("general", "dot", "scaled", "additive");

  /** Recurrent layers that it may have. */
  public static final int MOST_LAYERS = 100;

  @Override
  public String type() {
    return "decoder";
  }

  @Override
  public Set<String> options() {
    return DecoderPlan.NAMES;
  }

  @Override
  public boolean looksAhead() {
    return true;
  }

  @Override
  public boolean predictsLength() {
    return true;
  }

  @Override
  public boolean scoresClasses() {
    return false;
  }

  @Override
  public int labels(HeadSpec spec, int steps) {
    return DecoderPlan.labels(spec, steps);
  }

  /** The most labels, the end among them, of a sequence of so many steps, by those two options. */
  public static int labels(double labelsPerStep, int moreLabels, int steps) {
    return (int) Math.max(1, Math.ceil(labelsPerStep * steps) + moreLabels);
  }

  @Override
  public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
    ValueException.unless(
        spec.outputs() >= 2, "outputs", spec.outputs(), "must be >= 2: a label and the end");
    SearchPlan.of(spec);
    return DecoderObjective.parameters(inputs, spec);
  }

  @Override
  public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
    return new DecoderObjective(workspace, input, spec);
  }
}
