package org.rondo.kernels;

/**
 * Passes over one step of a linear chain, each of whose steps has one of K tags: what
 * forward-backward over a conditional random field consists of. Scores are logarithms.
 *
 * @see <a href="https://repository.upenn.edu/handle/20.500.14332/6188">Lafferty, McCallum and
 *     Pereira 2001</a>
 */
public interface ChainPasses {
  /**
   * How tag j of one step follows tag i of the step before.
   *
   * @param scores {@code (rows,K)}; K rows, or one row where a chain begins
   * @param counts {@code (rows,K)}: expected numbers of transitions, to which {@link
   *     #countTransitions} adds
   * @param scratch {@code (K)}; overwritten
   */
  record Transitions(NativeBuffer scores, NativeBuffer counts, NativeBuffer scratch) {
    int tags() {
      return scratch.length();
    }

    int rows() {
      return scores.length() / tags();
    }
  }

  /**
   * {@code sums[i] = log(sum over j of exp(scores[i,j] + ahead[step,j]))} for every row i.
   *
   * @param ahead {@code (steps,K)}
   * @param sums {@code (rows)} or longer; its first elements are overwritten
   * @return the largest of the sums, or NaN if there is one
   */
  float logSumExp(Transitions transitions, NativeBuffer ahead, int step, NativeBuffer sums);

  /**
   * With {@code p[i,j] = weights[step,i] * softmax over j (scores[i,j] + ahead[step,j])}: adds p to
   * {@code counts} and overwrites {@code weights[step+1,j]} with the sum of p over i. A row whose
   * weight is below {@value #NEGLIGIBLE} in magnitude counts nothing.
   *
   * @param ahead {@code (steps,K)}
   * @param weights {@code (steps+1,K)}
   */
  void countTransitions(
      Transitions transitions, NativeBuffer ahead, int step, NativeBuffer weights);

  /** Weights below it change no float32 sum that an optimizer could tell from zero. */
  float NEGLIGIBLE = 1e-30f;
}
