package org.rondo.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.models.Gradient;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.training.Optimizer;
import org.rondo.training.OptimizerPlan;

/**
 * Tokens per second of the whole training step on one thread: forward, backward, clipping by global
 * norm, SGD, hidden state carried, random tokens. Prints one line: implementation, configuration,
 * median, minimum and maximum tokens/s, peak resident MB, heap bytes allocated per step.
 *
 * <p>Usage: {@code TrainingStep CONFIG [windows] [seconds]} with OMP_NUM_THREADS=1.
 */
public final class TrainingStep {
  private static final double WARM_UP_SECONDS = 5;
  private static final double CLIP_NORM = 5;
  private static final int MINIBATCHES = 8;

  private final Shape shape;
  private final Network network;
  private final Elementwise passes;
  private final HiddenState state;
  private final Minibatch[] minibatches = new Minibatch[MINIBATCHES];
  private final Optimizer optimizer = Optimizer.named("sgd");
  private final OptimizerPlan plan = OptimizerPlan.of("sgd", 0.1);
  private long done;

  private TrainingStep(Shape shape, Kernels kernels) {
    this.shape = shape;
    passes = kernels.elementwise();
    network =
        new Network(shape.network(), kernels, ElementType.FLOAT32, shape.unroll(), shape.batch());
    network.parameters().set(Network.initialParameters(shape.network(), 1));
    network.parametersChanged();
    state = network.newState();
    CounterRandom random = CounterRandom.of(1);
    for (int i = 0; i < MINIBATCHES; i++) {
      minibatches[i] = new Minibatch(shape.unroll(), shape.batch());
      fill(minibatches[i].inputs(), random.derive(2L * i));
      fill(minibatches[i].targets(), random.derive(2L * i + 1));
    }
  }

  private void fill(int[] ids, CounterRandom random) {
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) (random.uniform(i) * shape.vocabulary());
    }
  }

  /** Runs one configuration. */
  public static void main(String[] args) throws IOException {
    int windows = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    double seconds = args.length > 2 ? Double.parseDouble(args[2]) : 2.5;
    Kernels kernels = Kernels.best();
    var step = new TrainingStep(Shape.named(args[0]), kernels);
    step.window(WARM_UP_SECONDS);
    var rates = new double[windows];
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long before = step.done;
    for (int i = 0; i < windows; i++) {
      rates[i] = step.window(seconds);
    }
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    Arrays.sort(rates);
    System.out.printf(
        "rondo-%s+%s %s %.0f %.0f %.0f %d %.0f%n",
        kernels.matmul().name(),
        kernels.elementwiseProvider().name(),
        args[0],
        rates[windows / 2],
        rates[0],
        rates[windows - 1],
        peakResidentMegabytes(),
        (double) allocated / (step.done - before));
  }

  private double window(double seconds) {
    long start = System.nanoTime();
    int steps = 0;
    while (steps < 2 || System.nanoTime() - start < seconds * 1e9) {
      step();
      steps++;
    }
    return steps * (double) shape.batch() * shape.unroll() * 1e9 / (System.nanoTime() - start);
  }

  private void step() {
    network.lossAndGradient(minibatches[(int) (done % MINIBATCHES)], state, CounterRandom.of(done));
    Gradient gradient = network.gradient();
    double sum = 0;
    for (int i = 0; i < gradient.rangeCount(); i++) {
      sum += passes.sumOfSquares(gradient.values(), gradient.rangeFrom(i), gradient.rangeLength(i));
    }
    double norm = Math.sqrt(sum);
    float scale = norm > CLIP_NORM ? (float) (CLIP_NORM / norm) : 1f;
    var update =
        new Elementwise.Update(
            network.parameters().values(), gradient.values(), (float) plan.learningRate(), scale);
    optimizer.update(new Optimizer.Step(plan, passes, update, gradient, List.of(), ++done));
    network.parametersChanged();
  }

  private static long peakResidentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
