package org.rondo.tasks;

import java.util.ArrayList;
import java.util.List;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.parameters.Gradient;

/**
 * Trains on a handful of sequences, all in one minibatch, by Adam written out (Kingma, Ba 2015).
 */
public final class TinyTraining implements AutoCloseable {
  private final Network network;
  private final Minibatch minibatch;
  private final HiddenState state;
  private final double[] first;
  private final double[] second;
  private int steps;

  /** Over sequences with their targets. */
  public TinyTraining(NetworkSpec spec, List<Sequence> sequences) {
    int longest = sequences.stream().mapToInt(Sequence::length).max().orElseThrow();
    network = new Network(spec, Kernels.best(), ElementType.FLOAT32, longest, sequences.size());
    minibatch = Minibatch.forNetwork(spec, longest, sequences.size());
    minibatch.clear();
    for (int b = 0; b < sequences.size(); b++) {
      sequences.get(b).fill(minibatch, b, 0);
    }
    network.parameters().set(Network.initialParameters(spec, 1));
    network.parametersChanged();
    state = network.newState();
    first = new double[network.parameters().layout().length()];
    second = new double[first.length];
  }

  /** So many steps. */
  public void run(int more) {
    for (int i = 0; i < more; i++) {
      state.reset();
      network.lossAndGradient(minibatch, state, CounterRandom.of(7).derive(steps++));
      update(network.gradient());
      network.parametersChanged();
    }
  }

  private void update(Gradient gradient) {
    for (int range = 0; range < gradient.rangeCount(); range++) {
      int from = gradient.rangeFrom(range);
      for (int i = from; i < from + gradient.rangeLength(range); i++) {
        double g = gradient.values().get(i);
        first[i] = 0.9 * first[i] + 0.1 * g;
        second[i] = 0.999 * second[i] + 0.001 * g * g;
        double move =
            first[i]
                / (1 - Math.pow(0.9, steps))
                / (Math.sqrt(second[i] / (1 - Math.pow(0.999, steps))) + 1e-8);
        float value = network.parameters().values().get(i);
        network.parameters().values().set(i, (float) (value - 0.02 * move));
      }
    }
  }

  /** What is predicted of each sequence now. */
  public List<Predictions> predictions() {
    NetworkSpec spec = network.spec();
    int outputs = spec.head().outputs();
    var scores = new float[network.predictions() * outputs];
    state.reset();
    network.logits(minibatch, state, scores);
    var classes = new int[network.predictions()];
    if (spec.targetValues() == 0) {
      state.reset();
      network.decode(minibatch, state, classes);
    }
    var all = new ArrayList<Predictions>();
    for (int b = 0; b < minibatch.batch(); b++) {
      boolean perStep = minibatch.labels() == 0;
      all.add(row(b, perStep ? minibatch.lengths()[b] : 1, outputs, scores, classes));
    }
    return all;
  }

  private Predictions row(int b, int count, int outputs, float[] scores, int[] classes) {
    int batch = minibatch.batch();
    boolean ofValues = network.spec().targetValues() > 0;
    var targets = new int[count];
    var chosen = new int[ofValues ? 0 : count];
    var own = new float[count * outputs];
    var values = new float[ofValues ? count * outputs : 0];
    for (int n = 0; n < count; n++) {
      int row = n * batch + b;
      targets[n] = minibatch.targets()[row];
      System.arraycopy(scores, row * outputs, own, n * outputs, outputs);
      if (ofValues) {
        System.arraycopy(minibatch.valueTargets(), row * outputs, values, n * outputs, outputs);
      } else {
        chosen[n] = classes[row];
      }
    }
    return new Predictions(targets, chosen, outputs, own, values);
  }

  /** A metric of what is predicted now. */
  public double measure(Metric metric) {
    var sums = new double[metric.sums()];
    predictions().forEach(each -> metric.add(each, sums));
    return metric.value(sums);
  }

  /** As they are now. */
  public float[] parameters() {
    return network.parameters().toArray();
  }

  @Override
  public void close() {
    network.close();
  }
}
