package org.rondo.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.Shard;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.ValueException;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;

/**
 * Measures a language model together with a cache of what each stream held last: a token that
 * followed a hidden state like the present one is likely to come again. With h_t the output of the
 * highest layer before target w, and the pairs of states and targets (h_i, w_i) in the window:
 *
 * <pre>
 *   p(w) = (1 - weight) p_network(w) + weight * sum of e_i where w_i = w / sum of e_i
 *   e_i  = exp(flatness * h_t . h_i)
 * </pre>
 *
 * <p>Nothing is trained. Each stream has a cache of its own, empty at its beginning, where the
 * network's probability stands alone. All sums are in double and in the order of the text.
 *
 * @param window pairs that are kept at most, at least 1
 * @param flatness theta, at least 0; 0 counts the tokens of the window
 * @param weight lambda, in [0,1)
 * @see <a href="https://arxiv.org/abs/1612.04426">Grave, Joulin and Usunier 2017</a>
 */
public record NeuralCache(int window, double flatness, double weight) implements PartEvaluator {
  private static final int MOST_PAIRS = 1_000_000;

  public NeuralCache {
    ValueException.unlessWithin("--cache", window, 1, MOST_PAIRS);
    ValueException.unless(
        flatness >= 0 && Double.isFinite(flatness),
        "--cache-flatness",
        flatness,
        "must be a number >= 0");
    ValueException.unless(weight >= 0 && weight < 1, "--cache-weight", weight, "must be in [0,1)");
  }

  @Override
  public PartSums sums(Network network, Elementwise passes, Shard part, List<Metric> metrics) {
    requireLosses(metrics);
    int batch = network.batch();
    HiddenState state = network.newState();
    Pairs[] caches = new Pairs[batch];
    var losses = new double[batch];
    long targets = 0;
    Shard.Reader reader = part.reader();
    for (long i = 0; i < part.minibatches(); i++) {
      if (part.startsSequence(i)) {
        state.reset();
        Arrays.setAll(caches, b -> new Pairs(window));
      }
      Network sized = network.forSteps(part.steps(i));
      Minibatch minibatch = Minibatch.forNetwork(network.spec(), sized.steps(), batch);
      reader.fill(minibatch, i);
      var own = new double[sized.steps() * batch];
      var top = new float[own.length * network.topWidth()];
      sized.stepLosses(minibatch, state, own, top);
      for (int row = 0; row < own.length; row++) {
        int target = minibatch.targets()[row];
        if (target >= 0) {
          float[] h =
              Arrays.copyOfRange(top, row * network.topWidth(), (row + 1) * network.topWidth());
          Pairs cache = caches[row % batch];
          losses[row % batch] += loss(own[row], cache.probability(h, target, flatness));
          cache.add(h, target);
        }
      }
      targets += minibatch.targetCount();
    }
    return new PartSums(losses, targets, new double[metrics.size()][0]);
  }

  static void requireLosses(List<Metric> metrics) {
    for (Metric metric : metrics) {
      if (metric.needsPredictions()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "evaluation: a model that adapts to its text gives losses, not the predictions that %s needs",
                metric.name()));
      }
    }
  }

  /**
   * @param cached what the cache gives the target; NaN of an empty one
   */
  private double loss(double network, double cached) {
    return Double.isNaN(cached)
        ? network
        : -StrictMath.log((1 - weight) * StrictMath.exp(-network) + weight * cached);
  }

  /** The last pairs of one stream. */
  private static final class Pairs {
    private final float[][] states;
    private final int[] targets;
    private final double[] scores;
    private long added;

    Pairs(int window) {
      states = new float[window][];
      targets = new int[window];
      scores = new double[window];
    }

    void add(float[] state, int target) {
      int at = (int) (added % targets.length);
      states[at] = state;
      targets[at] = target;
      added++;
    }

    /** What it gives a target; NaN where it is empty. */
    double probability(float[] h, int target, double flatness) {
      int count = (int) Math.min(added, targets.length);
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        scores[i] = flatness * dot(h, states[i]);
        largest = Math.max(largest, scores[i]);
      }
      double all = 0;
      double ofTarget = 0;
      for (int i = 0; i < count; i++) {
        double e = StrictMath.exp(scores[i] - largest);
        all += e;
        ofTarget += targets[i] == target ? e : 0;
      }
      return ofTarget / all;
    }

    private static double dot(float[] a, float[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += (double) a[i] * b[i];
      }
      return sum;
    }
  }
}
