package org.rondo.models.heads.crf;

import org.rondo.kernels.ChainPasses.Transitions;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.RowPasses.Rows;
import org.rondo.models.workspace.Workspace;

/**
 * Forward-backward over one sequence of n steps with K tags, in logarithms; s are the emissions, A
 * the scores of transitions:
 *
 * <pre>
 *   ahead(n-1,j) = s(n-1,j) + end(j)
 *   ahead(t,i)   = s(t,i) + log sum over j of exp(A(i,j) + ahead(t+1,j))
 *   log Z        = log sum over j of exp(start(j) + ahead(0,j))
 * </pre>
 *
 * <p>What is ahead makes a Markov chain of the field, whose probabilities go forward:
 *
 * <pre>
 *   p(y_0 = j)              = softmax over j of start(j) + ahead(0,j)
 *   p(y_t = j | y_t-1 = i)  = softmax over j of A(i,j) + ahead(t,j)
 * </pre>
 *
 * <p>Every step is a softmax of its own, so nothing underflows and errors do not grow with log Z: a
 * constant that is left out of {@code ahead} changes no softmax, and the largest of each step's
 * sums is, added up in double.
 */
final class TagChain {
  private final Elementwise elementwise;
  private final TagScores tagScores;
  private final int tags;

  /** {@code (T,K)}: emissions, then ahead. */
  private final NativeBuffer ahead;

  /** {@code (T+1,K)}: row t+1 are the probabilities of the tags of step t, times a weight. */
  private final NativeBuffer weights;

  private final Rows probabilities;
  private final Rows allAhead;

  /** {@code (K)} */
  private final NativeBuffer sums;

  /** Scores that lead to a tag: of each tag, then of the start. */
  private final NativeBuffer[] leading;

  private final double[] sum = new double[1];

  TagChain(Workspace workspace, TagScores tagScores) {
    this.elementwise = workspace.elementwise();
    this.tagScores = tagScores;
    this.tags = tagScores.end().length();
    this.ahead = workspace.floats((long) workspace.steps() * tags);
    this.weights = workspace.gradientFloats((long) (workspace.steps() + 1) * tags);
    this.probabilities = new Rows(weights, tags, tags);
    this.allAhead = Rows.of(ahead, tags);
    this.sums = workspace.floats(tags);
    this.leading = new NativeBuffer[tags + 1];
    for (int i = 0; i < tags; i++) {
      leading[i] = tagScores.between().scores().slice(i * tags, tags);
    }
    leading[tags] = tagScores.first().scores();
  }

  /**
   * Takes a sequence's emissions.
   *
   * @param emissions rows of the sequence's steps
   * @param bias {@code (K)}: added to each
   */
  void load(Rows emissions, Rows bias, int length) {
    ahead.clear(0, length * tags);
    elementwise.addRows(emissions, allAhead, length, tags);
    elementwise.addRows(bias, allAhead, length, tags);
  }

  /** Leaves a step only one tag. */
  void allowOnly(int tag, int step) {
    for (int j = 0; j < tags; j++) {
      if (j != tag) {
        ahead.set(step * tags + j, IllegalTransitions.PENALTY);
      }
    }
  }

  /**
   * Runs backward over the steps.
   *
   * @return log Z
   */
  double lookAhead(int length) {
    int last = (length - 1) * tags;
    for (int j = 0; j < tags; j++) {
      ahead.set(last + j, ahead.get(last + j) + tagScores.end().get(j));
    }
    double total = 0;
    for (int t = length - 1; t > 0; t--) {
      float largest = elementwise.logSumExp(tagScores.between(), ahead, t, sums);
      total += largest;
      for (int i = 0; i < tags; i++) {
        int at = (t - 1) * tags + i;
        ahead.set(at, ahead.get(at) + (sums.get(i) - largest));
      }
    }
    return total + elementwise.logSumExp(tagScores.first(), ahead, 0, sums);
  }

  /**
   * {@code -log p} of the tags of all steps, after {@link #lookAhead}: a sum of softmax losses,
   * none of which is below 0.
   */
  double loss(int[] path, int length) {
    NativeBuffer scratch = tagScores.first().scratch();
    sum[0] = 0;
    for (int t = 0; t < length; t++) {
      scratch.copy(0, ahead, t * tags, tags);
      NativeBuffer before = leading[t == 0 ? tags : path[t - 1]];
      elementwise.crossEntropy(scratch, before, path, t, 1, sum);
    }
    return sum[0];
  }

  /**
   * Runs forward over the steps, after {@link #lookAhead}: adds the expected number of each
   * transition, times {@code weight}, to the gradients of the transitions and of the first tag.
   *
   * @return the rows of the probabilities of each step's tags, times {@code weight}
   */
  Rows count(int length, float weight) {
    weights.set(0, weight);
    for (int t = 0; t < length; t++) {
      Transitions transitions = t == 0 ? tagScores.first() : tagScores.between();
      elementwise.countTransitions(transitions, ahead, t, weights);
    }
    return probabilities;
  }
}
