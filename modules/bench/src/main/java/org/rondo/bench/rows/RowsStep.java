package org.rondo.bench.rows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.rondo.bench.Figure;
import org.rondo.bench.Rates;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.Split;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.sequences.SequenceWriter;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.parameters.Gradient;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.Clipping;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.workspace.KernelPlan;
import org.rondo.training.workspace.Workspace;
import org.rondo.training.workspace.WorkspaceKey;

/**
 * Steps per second of the training of a classifier, a tagger, a translator, a transcriber, a
 * forecaster or a classifier of clips, one thread: reading the minibatch, forward, backward,
 * clipping by global norm, Adam. Minibatches come from a prepared dataset as in a run, shuffled,
 * those of similar length together. Prints one line: real steps of sequences per second, in which
 * padding does not count, and the share of padding.
 *
 * <p>Usage: {@code RowsStep CONFIG PRECISION FOLDER WINDOWS SECONDS WARM_UP}, with
 * OMP_NUM_THREADS=1. Writes the dataset to FOLDER, and to FOLDER/minibatches.txt the lengths in
 * each minibatch, a line each, so that a peer trains on the same ones.
 */
public final class RowsStep implements AutoCloseable {
  static final int SEQUENCES = 3_200;
  private static final int BUCKETS = 4;
  private static final long MEMORY = 1L << 27;
  private static final double CLIP_NORM = 5;

  private final Workspace workspace;
  private final Shard shard;
  private final Shard.Reader reader;
  private final Clipping clipping;
  private final Optimizer optimizer = Optimizer.named("adam");
  private final OptimizerPlan plan = OptimizerPlan.of("adam", 0.001);
  private final HiddenState hidden;
  private final List<NativeBuffer> slots;
  private long done;
  private long real;
  private long computed;

  RowsStep(RowsConfiguration configuration, String precision, Path folder, int sequences) {
    Sequences dataset = write(configuration, folder, sequences);
    var order =
        new ShardPlan(
            Split.TRAIN,
            DataOrder.SHUFFLED,
            1,
            configuration.batch(),
            configuration.longest(),
            BUCKETS,
            MEMORY);
    NetworkSpec network = configuration.network();
    workspace =
        new Workspace(
            new WorkspaceKey(
                network.toJson(),
                KernelPlan.of(precision),
                dataset.steps(order),
                configuration.batch(),
                true));
    workspace.setParameters(Network.initialParameters(network, 1));
    slots = workspace.slots(optimizer.slots());
    clipping = new Clipping(ClipPlan.ofNorm(CLIP_NORM), workspace.passes());
    shard = dataset.shard(order, 0, 1);
    reader = shard.reader();
    hidden = workspace.network().newState();
  }

  /** Measures what the arguments name. */
  public static void main(String[] arguments) throws Exception {
    RowsConfiguration configuration = RowsConfiguration.named(arguments[0]);
    Path folder = Path.of(arguments[2]);
    int windows = Integer.parseInt(arguments[3]);
    double seconds = Double.parseDouble(arguments[4]);
    try (var step = new RowsStep(configuration, arguments[1], folder, SEQUENCES)) {
      Files.write(folder.resolve("minibatches.txt"), step.minibatches());
      System.out.println(
          step.measure(windows, seconds, Double.parseDouble(arguments[5]))
              .with("configuration", configuration.name())
              .with("precision", arguments[1])
              .line());
    }
  }

  /** Random inputs and targets in sequences of the configuration's lengths. */
  private static Sequences write(RowsConfiguration configuration, Path folder, int rows) {
    SequenceShape shape = SequenceShape.of(configuration.network());
    var place =
        SequenceFolder.of(
            new org.apache.hadoop.fs.Path(folder.resolve("rows").toUri()), new Configuration());
    boolean labelled = configuration.network().labels(1) > 0;
    CounterRandom random = CounterRandom.of(1);
    List<Integer> lengths = configuration.lengths(rows, random.derive("lengths"));
    try (SequenceWriter writer = place.writer(shape, Split.TRAIN, 0, 0)) {
      for (int i = 0; i < rows; i++) {
        Sequence sequence = inputs(shape, lengths.get(i), random.derive(2L * i));
        CounterRandom targets = random.derive(2L * i + 1);
        if (shape.outputs() > 0) {
          writer.add(sequence.withFinalValues(values(shape.outputs(), targets)));
          continue;
        }
        int steps = sequence.length();
        int count = labelled ? configuration.labels(steps) : steps;
        int[] classes = below(configuration.symbols(), count, targets);
        writer.add(labelled ? sequence.withLabels(classes) : sequence.withTags(classes));
      }
      return place.commit(shape, Map.of(Split.TRAIN, List.of(writer.finish())));
    }
  }

  private static Sequence inputs(SequenceShape shape, int length, CounterRandom random) {
    return shape.inputs() > 0
        ? Sequence.ofValues(values(length * shape.inputs(), random), shape.inputs())
        : Sequence.ofIds(below(shape.ids().get(0), length, random));
  }

  /** As bytes of an image have them, from 0 to 1. */
  private static float[] values(int count, CounterRandom random) {
    int[] bytes = below(256, count, random);
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = bytes[i] / 255f;
    }
    return values;
  }

  private static int[] below(int bound, int count, CounterRandom random) {
    var ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = (int) (random.uniform(i) * bound);
    }
    return ids;
  }

  /** The lengths in each minibatch of the first epoch. */
  List<String> minibatches() {
    var lines = new ArrayList<String>();
    for (long number = 0; number < shard.minibatches(); number++) {
      Minibatch minibatch = workspace.minibatch(shard.steps(number));
      reader.fill(minibatch, number);
      lines.add(
          Arrays.stream(minibatch.lengths())
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(" ")));
    }
    return lines;
  }

  Figure measure(int windows, double seconds, double warmUp) {
    window(warmUp);
    var rates = new ArrayList<Double>();
    long realBefore = real;
    long computedBefore = computed;
    for (int i = 0; i < windows; i++) {
      rates.add(window(seconds));
    }
    double padding = 1 - (double) (real - realBefore) / (computed - computedBefore);
    var all = new Rates(rates);
    return Figure.of("rows")
        .with("implementation", "rondo")
        .with("median", all.median(), 0)
        .with("min", all.least(), 0)
        .with("max", all.most(), 0)
        .with("padding", padding, 3)
        .with("windows", all);
  }

  /** Real steps of sequences per second, of as many minibatches as begin within so many seconds. */
  private double window(double seconds) {
    long begin = System.nanoTime();
    long before = real;
    do {
      train();
    } while (System.nanoTime() - begin < seconds * 1e9);
    return (real - before) * 1e9 / (System.nanoTime() - begin);
  }

  private void train() {
    int steps = shard.steps(done);
    Network network = workspace.network().forSteps(steps);
    Minibatch minibatch = workspace.minibatch(steps);
    hidden.reset();
    reader.fill(minibatch, done);
    network.lossAndGradient(minibatch, hidden, CounterRandom.of(done));
    Gradient gradient = network.gradient();
    float scale = clipping.clip(gradient, clipping.norm(gradient)).scale();
    var update =
        new Elementwise.Update(
            network.parameters().values(), gradient.values(), (float) plan.learningRate(), scale);
    done++;
    optimizer.update(new Optimizer.Step(plan, workspace.passes(), update, gradient, slots, done));
    network.parametersChanged();
    real += Arrays.stream(minibatch.lengths()).sum();
    computed += (long) steps * minibatch.batch();
  }

  @Override
  public void close() {
    workspace.close();
  }
}
