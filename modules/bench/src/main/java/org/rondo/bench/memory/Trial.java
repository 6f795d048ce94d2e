package org.rondo.bench.memory;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.HiddenState;
import org.rondo.models.Loss;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.optimizers.Clipping;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.optimizers.OptimizerPlan;

/**
 * One contender, one distance, one learning rate, one seed: trains on fresh sequences, each
 * minibatch from a state of zeros, until the task is learned or time is up. A pure function of its
 * arguments.
 */
final class Trial implements AutoCloseable {
  private static final int BATCH = 32;
  private static final int LIMIT = 2000;
  private static final int WINDOW = 50;
  private static final int TESTS = 16;

  /** Nats; who guesses has ln 8 = 2.08. */
  private static final double LEARNED = 0.05;

  private final Contender contender;
  private final RecallTask task;
  private final CounterRandom random;
  private final Network network;
  private final Elementwise passes;
  private final Clipping clipping;
  private final Optimizer optimizer = Optimizer.named("sgd");
  private final OptimizerPlan plan;
  private final Minibatch minibatch;
  private final HiddenState state;
  private int trained;
  private int clipped;

  private Trial(Contender contender, RecallTask task, double learningRate, long seed) {
    this.contender = contender;
    this.task = task;
    random = CounterRandom.of(seed);
    Kernels kernels = Kernels.best();
    passes = kernels.elementwise();
    clipping = new Clipping(contender.clip(), passes);
    plan = OptimizerPlan.of(optimizer.name(), learningRate);
    NetworkSpec spec = contender.network();
    network = new Network(spec, kernels, ElementType.FLOAT32, task.steps(), BATCH);
    network.parameters().set(Network.initialParameters(spec, seed));
    scaleRecurrentWeights();
    minibatch = new Minibatch(task.steps(), BATCH);
    state = network.newState();
  }

  /** Runs it from beginning to end. */
  static Outcome run(Contender contender, int distance, double learningRate, long seed) {
    try (var trial = new Trial(contender, new RecallTask(distance), learningRate, seed)) {
      return trial.run();
    }
  }

  private Outcome run() {
    List<Double> before = flow();
    boolean finite = true;
    boolean learned = false;
    while (finite && !learned && trained < LIMIT) {
      double sum = 0;
      for (int i = 0; i < WINDOW && finite; i++) {
        double loss = train();
        finite = Double.isFinite(loss);
        sum += loss;
      }
      learned = sum / WINDOW < LEARNED;
    }
    return new Outcome(
        learned ? OptionalInt.of(trained) : OptionalInt.empty(),
        accuracy(),
        clipped / (double) trained,
        before,
        finite ? flow() : List.of());
  }

  private void scaleRecurrentWeights() {
    NativeBuffer values = network.parameters().values();
    for (ParameterLayout.Slice slice : network.parameters().layout().slices()) {
      if (slice.name().endsWith("recurrent_weight")) {
        for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
          values.set(i, (float) (contender.recurrentScale() * values.get(i)));
        }
      }
    }
    network.parametersChanged();
  }

  /**
   * One step of gradient descent.
   *
   * @return mean loss in nats; NaN if the gradient is not finite
   */
  private double train() {
    fill("training", trained);
    Loss loss = network.lossAndGradient(minibatch, state, random);
    double norm = clipping.norm(network.gradient());
    trained++;
    if (!Double.isFinite(norm)) {
      return Double.NaN;
    }
    Clipping.Clipped result = clipping.clip(network.gradient(), norm);
    clipped += result.clipped() ? 1 : 0;
    var update =
        new Elementwise.Update(
            network.parameters().values(),
            network.gradient().values(),
            (float) plan.learningRate(),
            result.scale());
    optimizer.update(
        new Optimizer.Step(plan, passes, update, network.gradient(), List.of(), trained));
    network.parametersChanged();
    return loss.mean();
  }

  private List<Double> flow() {
    fill("flow", 0);
    double[] norms = network.gradientFlow(minibatch, state, random, 0)[0];
    return Arrays.stream(norms).map(norm -> norm / norms[0]).boxed().toList();
  }

  /**
   * The most likely symbol is compared with the right one, step after step through the sequence.
   */
  private double accuracy() {
    try (var single = new Network(network.spec(), Kernels.best(), ElementType.FLOAT32, 1, BATCH)) {
      single.parameters().set(network.parameters().toArray());
      single.parametersChanged();
      var logits = new float[BATCH * RecallTask.SYMBOLS];
      int right = 0;
      for (int test = 0; test < TESTS; test++) {
        fill("test", test);
        HiddenState carried = single.newState();
        for (int at = 0; at < minibatch.inputs().length; at += BATCH) {
          single.logits(Arrays.copyOfRange(minibatch.inputs(), at, at + BATCH), carried, logits);
        }
        right += right(logits);
      }
      return right / (double) (TESTS * BATCH);
    }
  }

  private int right(float[] logits) {
    int right = 0;
    for (int b = 0; b < BATCH; b++) {
      int best = 0;
      for (int symbol = 1; symbol < RecallTask.SYMBOLS; symbol++) {
        int row = b * RecallTask.SYMBOLS;
        best = logits[row + symbol] > logits[row + best] ? symbol : best;
      }
      right += best == minibatch.targets()[task.distance() * BATCH + b] ? 1 : 0;
    }
    return right;
  }

  private void fill(String purpose, int number) {
    task.fill(minibatch, random.derive(purpose).derive(number));
    state.reset();
  }

  @Override
  public void close() {
    network.close();
  }
}
