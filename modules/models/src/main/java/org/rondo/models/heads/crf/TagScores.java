package org.rondo.models.heads.crf;

import java.util.List;
import java.util.function.IntConsumer;
import org.rondo.kernels.ChainPasses.Transitions;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * The scores of neighbouring tags, which every sequence shares, and their gradients: parameters
 * {@code transitions (K,K)}, from row to column, {@code start (K)} and {@code end (K)}.
 */
final class TagScores {
  private static final String TRANSITIONS = "transitions";
  private static final String START = "start";
  private static final String END = "end";

  private final Workspace workspace;
  private final IllegalTransitions illegal;

  /** From tag to tag. */
  private final Transitions between;

  /** To the first tag. */
  private final Transitions first;

  private final NativeBuffer end;
  private final NativeBuffer endGradient;

  TagScores(Workspace workspace, IllegalTransitions illegal) {
    this.workspace = workspace;
    this.illegal = illegal;
    NativeBuffer scratch = workspace.floats(illegal.tags());
    between = new Transitions(scores(TRANSITIONS), workspace.gradient(TRANSITIONS), scratch);
    first = new Transitions(scores(START), workspace.gradient(START), scratch);
    end = scores(END);
    endGradient = workspace.gradient(END);
  }

  static List<ParameterSpec> parameters(int tags) {
    return List.of(
        new ParameterSpec(TRANSITIONS, List.of(tags, tags), Initializer.zeros()),
        new ParameterSpec(START, List.of(tags), Initializer.zeros()),
        new ParameterSpec(END, List.of(tags), Initializer.zeros()));
  }

  /** The parameter itself, or a copy in which illegal scores are replaced. */
  private NativeBuffer scores(String parameter) {
    NativeBuffer own = workspace.parameter(parameter);
    return illegal.none() ? own : workspace.floats(own.length());
  }

  /** Takes over the present parameters. */
  void refresh() {
    if (!illegal.none()) {
      copy(TRANSITIONS, between.scores());
      copy(START, first.scores());
      copy(END, end);
      fillIllegal(between.scores(), first.scores(), end, IllegalTransitions.PENALTY);
    }
  }

  private void copy(String parameter, NativeBuffer to) {
    to.copy(0, workspace.parameter(parameter), 0, to.length());
  }

  Transitions between() {
    return between;
  }

  Transitions first() {
    return first;
  }

  NativeBuffer end() {
    return end;
  }

  /** Adds the gradient of a sequence's last emissions, which is that of the end's scores too. */
  void addEndGradient(NativeBuffer emissions, int at) {
    for (int j = 0; j < end.length(); j++) {
      endGradient.set(j, endGradient.get(j) + emissions.get(at + j));
    }
  }

  void clearGradients() {
    between.counts().clear(0, between.counts().length());
    first.counts().clear(0, first.counts().length());
    endGradient.clear(0, end.length());
  }

  /** What is left of illegal transitions in the gradients, about 1e-38 each, becomes zero. */
  void clearIllegalGradients() {
    if (!illegal.none()) {
      fillIllegal(between.counts(), first.counts(), endGradient, 0f);
    }
  }

  private void fillIllegal(
      NativeBuffer transitions, NativeBuffer start, NativeBuffer last, float value) {
    illegal.transitions(at -> transitions.set(at, value));
    illegal.first(at -> start.set(at, value));
    illegal.last(at -> last.set(at, value));
  }

  /** See {@link CrfHead#decodingScores}. */
  static float[] decoding(IllegalTransitions illegal, String parameter, float[] values) {
    float[] scores = values.clone();
    IntConsumer ruledOut = at -> scores[at] = IllegalTransitions.PENALTY;
    switch (parameter) {
      case TRANSITIONS -> illegal.transitions(ruledOut);
      case START -> illegal.first(ruledOut);
      case END -> illegal.last(ruledOut);
      default -> throw new IllegalArgumentException("head crf: no scores of tags: " + parameter);
    }
    return scores;
  }
}
