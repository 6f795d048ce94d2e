package org.rondo.models.heads.ctc;

import java.util.Arrays;

/**
 * All alignments of one label {@code l} of L symbols with n steps, by forward-backward in
 * logarithms and in double. A state is one of {@code S = 2L+1}: blank, l_0, blank, l_1, .., blank;
 * state s of an odd number is symbol {@code (s-1)/2}. With {@code y(t,s)} the log probability of
 * the class of state s at step t:
 *
 * <pre>
 *   a(0,0) = y(0,0)   a(0,1) = y(0,1)
 *   a(t,s) = y(t,s) + log(e^a(t-1,s) + e^a(t-1,s-1) + e^a(t-1,s-2))
 *   b(n-1,S-1) = b(n-1,S-2) = 0
 *   b(t,s) = log(sum over s' in s, s+1, s+2 of e^(b(t+1,s') + y(t+1,s')))
 *   log p  = log(e^a(n-1,S-1) + e^a(n-1,S-2))
 * </pre>
 *
 * <p>where a step over a blank is taken only between symbols that differ. A state is met at step t
 * with probability {@code e^(a + b - log p)}.
 *
 * @see <a href="https://doi.org/10.1145/1143844.1143891">Graves et al. 2006, equations 5 to 15</a>
 */
final class CtcAlignments {
  /** Where the blank's probabilities stand among those of {@link #set}. */
  static final int BLANK = 0;

  /** What is added to 1 changes no bit of it, where its logarithm is less. */
  private static final double NEGLIGIBLE = -40;

  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private int steps;
  private int places;
  private int states;
  private int[] label;

  /** {@code (n,L+1)}: log probabilities of the blank, then of each symbol of the label. */
  private double[] logs = {};

  /** {@code (n,S)}: a, then how probable each state is at each step. */
  private double[] forward = {};

  /** {@code (S)}: b + y of the step that follows. */
  private double[] next = {};

  private double logProbability;

  /**
   * Begins another sequence, whose log probabilities are to be {@link #set} then.
   *
   * @param steps n, at least {@link CtcHead#leastSteps}
   * @param symbols the label, from the first element on; kept until the next call
   * @param length L
   */
  void begin(int steps, int[] symbols, int length) {
    this.steps = steps;
    this.label = symbols;
    this.places = length + 1;
    this.states = 2 * length + 1;
    logs = grown(logs, Math.multiplyExact(steps, places));
    forward = grown(forward, Math.multiplyExact(steps, states));
    next = grown(next, states);
  }

  private static double[] grown(double[] array, int length) {
    return array.length >= length ? array : new double[length];
  }

  /**
   * Sets a log probability of step t, or a logit that is normalized by {@link #subtract} then.
   *
   * @param place {@link #BLANK}, or u+1 of symbol u
   */
  void set(int t, int place, double log) {
    logs[t * places + place] = log;
  }

  /** What was set for the blank at step t. */
  double blank(int t) {
    return logs[t * places + BLANK];
  }

  /** Subtracts from everything that was set for step t. */
  void subtract(int t, double log) {
    for (int at = t * places; at < (t + 1) * places; at++) {
      logs[at] -= log;
    }
  }

  private double log(int t, int state) {
    return logs[t * places + (state % 2 == 0 ? BLANK : (state + 1) / 2)];
  }

  /** Whether state s may follow state s-2. */
  private boolean skips(int state) {
    int u = (state - 1) / 2;
    return state % 2 == 1 && state >= 3 && label[u] != label[u - 1];
  }

  /** First of the states at step t from which the end can still be reached. */
  private int first(int t) {
    return Math.max(0, states - 2 * (steps - t));
  }

  /** Behind the last of the states that can be reached by step t. */
  private int end(int t) {
    return Math.min(states, 2 * t + 2);
  }

  /**
   * Runs forward over the steps.
   *
   * @return log p of the label
   */
  double forward() {
    Arrays.fill(forward, 0, steps * states, NEVER);
    for (int s = first(0); s < end(0); s++) {
      forward[s] = log(0, s);
    }
    for (int t = 1; t < steps; t++) {
      int before = (t - 1) * states;
      for (int s = first(t); s < end(t); s++) {
        double stay = forward[before + s];
        double step = s >= 1 ? forward[before + s - 1] : NEVER;
        double skip = skips(s) ? forward[before + s - 2] : NEVER;
        forward[t * states + s] = log(t, s) + logSum(stay, step, skip);
      }
    }
    int last = steps * states - 1;
    logProbability = logSum(forward[last], states > 1 ? forward[last - 1] : NEVER, NEVER);
    return logProbability;
  }

  /** Runs backward over the steps, after {@link #forward}: then {@link #probability} is known. */
  void backward() {
    for (int t = steps - 1; t >= 0; t--) {
      for (int s = 0; s < states; s++) {
        double ahead;
        if (t == steps - 1) {
          ahead = s >= states - 2 ? 0 : NEVER;
        } else {
          double step = s + 1 < states ? next[s + 1] : NEVER;
          double skip = s + 2 < states && skips(s + 2) ? next[s + 2] : NEVER;
          ahead = logSum(next[s], step, skip);
        }
        // In place: states before s are not read any more.
        int at = t * states + s;
        double joint = forward[at] + ahead;
        forward[at] = joint == NEVER ? 0 : StrictMath.exp(joint - logProbability);
        next[s] = ahead == NEVER ? NEVER : ahead + log(t, s);
      }
    }
  }

  /**
   * How probable it is to meet the blank, or symbol u of the label, at step t, after {@link
   * #backward}.
   *
   * @param place as in {@link #set}
   */
  double probability(int t, int place) {
    int from = t * states;
    if (place != BLANK) {
      return forward[from + 2 * place - 1];
    }
    double sum = 0;
    for (int s = 0; s < states; s += 2) {
      sum += forward[from + s];
    }
    return sum;
  }

  /** log(e^a + e^b + e^c). */
  static double logSum(double a, double b, double c) {
    double largest = Math.max(Math.max(a, b), c);
    if (largest == NEVER) {
      return NEVER;
    }
    double sum = share(a - largest) + share(b - largest) + share(c - largest);
    return sum == 1 ? largest : largest + StrictMath.log(sum);
  }

  private static double share(double log) {
    return log < NEGLIGIBLE ? 0 : log == 0 ? 1 : StrictMath.exp(log);
  }
}
