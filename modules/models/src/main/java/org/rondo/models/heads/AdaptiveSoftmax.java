package org.rondo.models.heads;

import java.util.ArrayList;
import java.util.List;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A softmax over very many classes in two steps: among the most frequent ones and N clusters of the
 * others, then among the classes of a cluster. With h a row of the input, C the cluster of class v:
 *
 * <pre>
 *   log p(v) = log softmax(h W + b)[v]                                        v in the short list
 *   log p(v) = log softmax(h W + b)[C] + log softmax((h P_C) W_C + b_C)[v]    v in cluster C
 * </pre>
 *
 * <p>Rows whose target is in no cluster never meet the many classes of one, and cluster n is read
 * off a projection of the width {@code H / 4^(n+1)}. Classes are to be ordered by how often they
 * occur, most frequent first, as the ids of a vocabulary are; any order gives exact probabilities,
 * but another one is slower and worse at frequent classes.
 *
 * <p>Parameters: {@code shortlist.weight (H,S+N)} and {@code shortlist.bias (S+N)}, the clusters
 * behind the S classes; of cluster n {@code cluster.n.projection.weight (H,H/4^(n+1))}, {@code
 * cluster.n.weight} and {@code cluster.n.bias}.
 *
 * @see <a href="https://arxiv.org/abs/1609.04309">Grave, Joulin, Cisse, Grangier and Jegou 2017</a>
 */
final class AdaptiveSoftmax implements Objective {
  private static final String SHORT_LIST = "shortlist";

  private final Cutoffs cutoffs;
  private final int classes;
  private final SoftmaxObjective shortList;
  private final List<SoftmaxCluster> clusters = new ArrayList<>();

  /** Of which the short list has classes for the clusters. */
  private final Minibatch dealt;

  AdaptiveSoftmax(Workspace workspace, Signal input, int classes, Cutoffs cutoffs) {
    this.cutoffs = cutoffs;
    this.classes = classes;
    int first = cutoffs.shortList() + cutoffs.clusters();
    shortList =
        new SoftmaxObjective(workspace.within(SHORT_LIST), input, first, ClassWeights.none());
    for (int n = 0; n < cutoffs.clusters(); n++) {
      Workspace own = workspace.within(SoftmaxCluster.scope(n));
      clusters.add(new SoftmaxCluster(own, input, width(input.width(), n), cutoffs.size(n)));
    }
    dealt = new Minibatch(workspace.steps(), workspace.batch());
  }

  /** Columns that cluster n is read off. */
  private static int width(int inputs, int n) {
    return Math.max(1, inputs >> (2 * (n + 1)));
  }

  static List<ParameterSpec> parameters(int inputs, Cutoffs cutoffs) {
    var all = new ArrayList<ParameterSpec>();
    int first = cutoffs.shortList() + cutoffs.clusters();
    for (ParameterSpec each : SoftmaxObjective.parameters(inputs, first)) {
      all.add(each.within(SHORT_LIST));
    }
    for (int n = 0; n < cutoffs.clusters(); n++) {
      for (ParameterSpec each :
          SoftmaxCluster.parameters(inputs, width(inputs, n), cutoffs.size(n))) {
        all.add(each.within(SoftmaxCluster.scope(n)));
      }
    }
    return all;
  }

  /** Deals the targets: a class of the short list, or a cluster and a class of it. */
  private void deal(Minibatch minibatch) {
    System.arraycopy(minibatch.weights(), 0, dealt.weights(), 0, minibatch.batch());
    clusters.forEach(SoftmaxCluster::clear);
    for (int row = 0; row < minibatch.targets().length; row++) {
      int target = minibatch.targets()[row];
      int cluster = target < 0 ? -1 : cutoffs.cluster(target);
      dealt.targets()[row] = cluster < 0 ? target : cutoffs.shortList() + cluster;
      if (cluster >= 0) {
        clusters
            .get(cluster)
            .add(
                row, target - cutoffs.start(cluster), minibatch.weights()[row % minibatch.batch()]);
      }
    }
  }

  @Override
  public double lossAndGradient(Minibatch minibatch) {
    deal(minibatch);
    int count = minibatch.targetCount();
    double sum = shortList.lossAndGradient(dealt, count);
    for (SoftmaxCluster cluster : clusters) {
      sum += cluster.lossAndGradient(count);
    }
    return sum;
  }

  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    deal(minibatch);
    shortList.loss(dealt, sums);
    for (SoftmaxCluster cluster : clusters) {
      cluster.loss(sums);
    }
  }

  @Override
  public int predictions() {
    return shortList.predictions();
  }

  /** The exact logarithms of the probabilities, whose softmax is the probabilities. */
  @Override
  public void logits(float[] logits) {
    int first = cutoffs.shortList() + clusters.size();
    var head = new float[predictions() * first];
    shortList.logits(head);
    LogSoftmax.rows(head, first);
    for (int row = 0; row < predictions(); row++) {
      System.arraycopy(head, row * first, logits, row * classes, cutoffs.shortList());
    }
    for (int n = 0; n < clusters.size(); n++) {
      int size = cutoffs.size(n);
      var own = new float[predictions() * size];
      clusters.get(n).logits(own);
      LogSoftmax.rows(own, size);
      for (int i = 0; i < own.length; i++) {
        int row = i / size;
        float cluster = head[row * first + cutoffs.shortList() + n];
        logits[row * classes + cutoffs.start(n) + i % size] = cluster + own[i];
      }
    }
  }
}
