package org.rondo.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;

/**
 * The loss of a language model on texts, each by itself, in a plain JVM. A text is read from a
 * hidden state of zeros as if it stood behind the end of a line; the end of its own last line is
 * one of its tokens. The loss of a text is bit-identical whatever the texts beside it are. For one
 * thread.
 */
public final class TextScorer implements AutoCloseable {
  /** T at most: longer texts are read in pieces, with the hidden state carried on. */
  private static final int MOST_STEPS = 256;

  private final Vocabulary vocabulary;
  private final NetworkSpec spec;
  private final int lineEnd;
  private final PredictionNetworks networks;

  /**
   * @param spec of a language model over that vocabulary
   * @param parameters of the network, as its layout says; not modified
   * @param precision of the inputs of matrix products
   * @param batch texts that are scored at once, at most; decides the shape of the products and so
   *     the bits
   */
  public TextScorer(
      Vocabulary vocabulary,
      NetworkSpec spec,
      float[] parameters,
      Kernels kernels,
      ElementType precision,
      int batch) {
    this.vocabulary = vocabulary;
    this.spec = spec;
    lineEnd = vocabulary.id(Tokenizer.named(vocabulary.tokenizer()).lineEnd());
    networks = new PredictionNetworks(spec, parameters, kernels, precision, batch);
  }

  /** The mean loss per token of each text, in nats. */
  public double[] losses(List<String> texts) {
    var ids = new int[texts.size()][];
    var bySteps = new TreeMap<Integer, List<Integer>>();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vocabulary.ids(texts.get(i) + "\n");
      int steps = Math.min(MOST_STEPS, PredictionNetworks.steps(ids[i].length));
      bySteps.computeIfAbsent(steps, s -> new ArrayList<>()).add(i);
    }
    var losses = new double[ids.length];
    bySteps.forEach((steps, of) -> losses(networks.of(steps), of, ids, losses));
    return losses;
  }

  private void losses(Network network, List<Integer> of, int[][] ids, double[] losses) {
    int batch = network.batch();
    var minibatch = Minibatch.forNetwork(spec, network.steps(), batch);
    for (int first = 0; first < of.size(); first += batch) {
      List<Integer> members = of.subList(first, Math.min(of.size(), first + batch));
      int longest = members.stream().mapToInt(member -> ids[member].length).max().orElseThrow();
      HiddenState state = network.newState();
      var sums = new double[batch];
      for (int from = 0; from < longest; from += network.steps()) {
        minibatch.clear();
        for (int b = 0; b < members.size(); b++) {
          fill(minibatch, b, ids[members.get(b)], from);
        }
        network.loss(minibatch, state, sums);
      }
      for (int b = 0; b < members.size(); b++) {
        losses[members.get(b)] = sums[b] / ids[members.get(b)].length;
      }
    }
  }

  /** Each token is the target of the one before it. */
  private void fill(Minibatch minibatch, int b, int[] ids, int from) {
    int batch = minibatch.batch();
    int count = Math.max(0, Math.min(minibatch.steps(), ids.length - from));
    minibatch.lengths()[b] = count;
    for (int t = 0; t < count; t++) {
      minibatch.inputs()[t * batch + b] = from + t == 0 ? lineEnd : ids[from + t - 1];
      minibatch.targets()[t * batch + b] = ids[from + t];
    }
  }

  @Override
  public void close() {
    networks.close();
  }
}
