package org.rondo.bench;

import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.parameters.Gradient;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.Clipping;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.optimizers.OptimizerPlan;

/**
 * A network on random tokens, one step after another: what a benchmark repeats. Training is
 * forward, backward, clipping by global norm and SGD; inference is the forward pass with the loss
 * of every token. Hidden state is carried. For one thread.
 */
final class Step implements AutoCloseable {
  private static final double CLIP_NORM = 5;
  private static final int MINIBATCHES = 8;
  private static final float INITIAL_LIMIT = 0.05f;

  private final Configuration configuration;
  private final Runnable work;
  private final Network network;
  private final Elementwise passes;
  private final HiddenState state;
  private final Minibatch[] minibatches = new Minibatch[MINIBATCHES];
  private final Clipping clipping;
  private final Optimizer optimizer = Optimizer.named("sgd");
  private final OptimizerPlan plan = OptimizerPlan.of("sgd", 0.1);
  private final double[] sums;
  private long done;

  Step(Options options, Kernels kernels) {
    configuration = options.configuration();
    work = options.mode() == Options.Mode.TRAINING ? this::train : this::infer;
    passes = kernels.elementwise();
    clipping = new Clipping(ClipPlan.ofNorm(CLIP_NORM), passes);
    network =
        new Network(
            configuration.network(),
            kernels,
            options.precision(),
            configuration.unroll(),
            configuration.batch());
    fill(network.parameters().values(), CounterRandom.of(1));
    network.parametersChanged();
    state = network.newState();
    sums = new double[configuration.batch()];
    CounterRandom random = CounterRandom.of(2);
    for (int i = 0; i < MINIBATCHES; i++) {
      minibatches[i] = new Minibatch(configuration.unroll(), configuration.batch());
      fill(minibatches[i].inputs(), random.derive(2L * i));
      fill(minibatches[i].targets(), random.derive(2L * i + 1));
    }
  }

  /** In place: a copy on the heap would count as memory that training needs. */
  private static void fill(NativeBuffer parameters, CounterRandom random) {
    for (int i = 0; i < parameters.length(); i++) {
      parameters.set(i, (float) (2 * random.uniform(i) - 1) * INITIAL_LIMIT);
    }
  }

  private void fill(int[] ids, CounterRandom random) {
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) (random.uniform(i) * configuration.vocabulary());
    }
  }

  /** Runs one step. */
  void run() {
    work.run();
    done++;
  }

  /** Steps so far. */
  long done() {
    return done;
  }

  /** What the steps are of. */
  Network network() {
    return network;
  }

  @Override
  public void close() {
    network.close();
  }

  private Minibatch minibatch() {
    return minibatches[(int) (done % MINIBATCHES)];
  }

  private void infer() {
    network.loss(minibatch(), state, sums);
  }

  private void train() {
    network.lossAndGradient(minibatch(), state, CounterRandom.of(done));
    Gradient gradient = network.gradient();
    float scale = clipping.clip(gradient, clipping.norm(gradient)).scale();
    var update =
        new Elementwise.Update(
            network.parameters().values(), gradient.values(), (float) plan.learningRate(), scale);
    optimizer.update(new Optimizer.Step(plan, passes, update, gradient, List.of(), done + 1));
    network.parametersChanged();
  }
}
