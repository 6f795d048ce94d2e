package org.rondo.models.heads.crf;

import org.rondo.models.Minibatch;

/**
 * A linear-chain conditional random field in double precision, over all K^n paths of a sequence one
 * by one: from the definition of the loss, without any recursion.
 */
public final class ReferenceCrf {
  private final int tags;
  private final double[] transitions;
  private final double[] start;
  private final double[] end;
  public final double[] transitionGradient;
  public final double[] startGradient;
  public final double[] endGradient;

  public ReferenceCrf(double[] transitions, double[] start, double[] end) {
    this.tags = start.length;
    this.transitions = transitions;
    this.start = start;
    this.end = end;
    this.transitionGradient = new double[tags * tags];
    this.startGradient = new double[tags];
    this.endGradient = new double[tags];
  }

  /**
   * The loss of each sequence; its gradients are added, of the mean over targets.
   *
   * @param emissions {@code (T,B,K)}
   * @param gradient {@code (T,B,K)}: of the emissions
   */
  public double[] losses(double[] emissions, Minibatch minibatch, double[] gradient) {
    int batch = minibatch.batch();
    var losses = new double[batch];
    for (int b = 0; b < batch; b++) {
      double[] scores = scores(emissions, minibatch, b);
      double all = logSum(scores, minibatch, b, false);
      double agreeing = logSum(scores, minibatch, b, true);
      losses[b] = all - agreeing;
      for (int code = 0; code < scores.length; code++) {
        double observed = agrees(code, minibatch, b) ? Math.exp(scores[code] - agreeing) : 0;
        double d = (Math.exp(scores[code] - all) - observed) / minibatch.targetCount();
        addGradient(code, minibatch, b, d, gradient);
      }
    }
    return losses;
  }

  /** The path of highest score; among equal ones that of the lowest last tag, and so on. */
  int[] best(double[] emissions, Minibatch minibatch, int b) {
    double[] scores = scores(emissions, minibatch, b);
    int best = 0;
    for (int code = 1; code < scores.length; code++) {
      best = scores[code] > scores[best] ? code : best;
    }
    var path = new int[minibatch.lengths()[b]];
    for (int t = 0; t < path.length; t++) {
      path[t] = tag(best, t);
    }
    return path;
  }

  /** The probability of each tag at each step of a sequence, {@code (length,K)}. */
  double[] marginals(double[] emissions, Minibatch minibatch, int b) {
    double[] scores = scores(emissions, minibatch, b);
    double all = logSum(scores, minibatch, b, false);
    var marginals = new double[minibatch.lengths()[b] * tags];
    for (int code = 0; code < scores.length && marginals.length > 0; code++) {
      for (int t = 0; t < minibatch.lengths()[b]; t++) {
        marginals[t * tags + tag(code, t)] += Math.exp(scores[code] - all);
      }
    }
    return marginals;
  }

  /** Tag t of a path: a digit of its code, the last tag's the most significant. */
  private int tag(int code, int t) {
    return code / (int) Math.pow(tags, t) % tags;
  }

  private double[] scores(double[] emissions, Minibatch minibatch, int b) {
    int length = minibatch.lengths()[b];
    var scores = new double[(int) Math.pow(tags, length)];
    for (int code = 0; code < scores.length && length > 0; code++) {
      scores[code] = start[tag(code, 0)] + end[tag(code, length - 1)];
      for (int t = 0; t < length; t++) {
        scores[code] += emissions[(t * minibatch.batch() + b) * tags + tag(code, t)];
        scores[code] += t == 0 ? 0 : transitions[tag(code, t - 1) * tags + tag(code, t)];
      }
    }
    return scores;
  }

  private boolean agrees(int code, Minibatch minibatch, int b) {
    for (int t = 0; t < minibatch.lengths()[b]; t++) {
      int target = minibatch.targets()[t * minibatch.batch() + b];
      if (target >= 0 && target != tag(code, t)) {
        return false;
      }
    }
    return true;
  }

  private double logSum(double[] scores, Minibatch minibatch, int b, boolean agreeing) {
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int round = 0; round < 2; round++) {
      for (int code = 0; code < scores.length; code++) {
        if (agreeing && !agrees(code, minibatch, b)) {
          continue;
        }
        if (round == 0) {
          max = Math.max(max, scores[code]);
        } else {
          sum += Math.exp(scores[code] - max);
        }
      }
    }
    return max + Math.log(sum);
  }

  private void addGradient(int code, Minibatch minibatch, int b, double d, double[] gradient) {
    int length = minibatch.lengths()[b];
    for (int t = 0; t < length; t++) {
      gradient[(t * minibatch.batch() + b) * tags + tag(code, t)] += d;
      if (t > 0) {
        transitionGradient[tag(code, t - 1) * tags + tag(code, t)] += d;
      }
    }
    if (length > 0) {
      startGradient[tag(code, 0)] += d;
      endGradient[tag(code, length - 1)] += d;
    }
  }
}
