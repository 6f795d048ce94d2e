package org.rondo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

/**
 * What a training step of a tagger with a CRF takes, against one with a softmax: forward and
 * backward of a bidirectional LSTM of 100 units each way over 50 steps of 20 sequences, one thread.
 * Both heads by turns, so that what else runs on the machine slows both. Prints a table of medians
 * in milliseconds.
 *
 * <p>Usage: {@code HeadSteps [steps of each that are measured]}, with OMP_NUM_THREADS=1.
 */
public final class HeadSteps {
  private static final int[] TAGS = {9, 17, 45, 200};
  private static final int STEPS = 50;
  private static final int BATCH = 20;
  private static final int UNITS = 100;
  private static final int VOCABULARY = 5_000;

  private HeadSteps() {}

  /** Measures both heads with each number of tags. */
  public static void main(String[] arguments) {
    int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    System.out.print(table(TAGS, steps, STEPS, BATCH));
  }

  static MarkdownTable table(int[] tags, int measured, int steps, int batch) {
    var table = new MarkdownTable(List.of("tags", "tagger, ms", "crf, ms", "ratio"));
    for (int count : tags) {
      try (var tagger = new Run("tagger", count, steps, batch);
          var crf = new Run("crf", count, steps, batch)) {
        for (int i = 0; i < 2 * measured; i++) {
          boolean warm = i >= measured;
          tagger.step(warm);
          crf.step(warm);
        }
        double slower = new Rates(crf.milliseconds).median();
        double faster = new Rates(tagger.milliseconds).median();
        table.row(
            List.of(Integer.toString(count), text(faster), text(slower), text(slower / faster)));
      }
    }
    return table;
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** One network on random minibatches. */
  private static final class Run implements AutoCloseable {
    final List<Double> milliseconds = new ArrayList<>();
    private final Network network;
    private final Minibatch minibatch;
    private final HiddenState state;

    Run(String head, int tags, int steps, int batch) {
      var stack = new RecurrentStack(CellSpec.of("lstm", UNITS), 1, 0, false, true);
      NetworkSpec spec = stack.network(VOCABULARY, new HeadSpec(head, tags));
      network = new Network(spec, Kernels.best(), ElementType.FLOAT32, steps, batch);
      network.parameters().set(Network.initialParameters(spec, 1));
      state = network.newState();
      minibatch = new Minibatch(steps, batch);
      for (int i = 0; i < minibatch.targets().length; i++) {
        minibatch.inputs()[i] = (int) (CounterRandom.of(2).uniform(i) * VOCABULARY);
        minibatch.targets()[i] = (int) (CounterRandom.of(3).uniform(i) * tags);
      }
    }

    void step(boolean measured) {
      long begin = System.nanoTime();
      network.parametersChanged();
      network.lossAndGradient(minibatch, state, CounterRandom.of(1));
      if (measured) {
        milliseconds.add((System.nanoTime() - begin) / 1e6);
      }
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
