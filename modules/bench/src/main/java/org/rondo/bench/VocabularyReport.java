package org.rondo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenState;
import org.rondo.models.Loss;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.OptimizerStep;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;

/**
 * Tokens per second of training a language model over 10,000 and 100,000 words, by a full softmax,
 * an adaptive one, and one over 2,000 samples and the embedding's vectors, with SGD, Adam and
 * sparse Adam: one LSTM layer of 512 units, 20 sequences of 35 steps, one thread, forward and
 * backward pass and update. Words are drawn by Zipf's law. The contenders take turns, so that what
 * else runs on the machine slows all of them; medians.
 *
 * <p>Usage: {@code VocabularyReport [--quick]}, with OMP_NUM_THREADS=1; quick takes two steps of
 * each, and 128 units.
 */
public final class VocabularyReport {
  private static final int[] WORDS = {10_000, 100_000};
  private static final List<String> OPTIMIZERS = List.of("sgd", "adam", "sparse-adam");
  private static final Options SAMPLED = new Options(Map.of("tied", "true", "samples", "2000"));
  private static final int STEPS = 35;
  private static final int BATCH = 20;

  private VocabularyReport() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    boolean quick = List.of(arguments).contains("--quick");
    System.out.print(table(WORDS, quick ? 128 : 512, quick ? 2 : 20));
  }

  static MarkdownTable table(int[] words, int units, int measured) {
    var table =
        new MarkdownTable(
            List.of(
                "words",
                "optimizer",
                "full, tokens/s",
                "adaptive, tokens/s",
                "ratio",
                "sampled, tokens/s",
                "ratio"));
    for (int count : words) {
      for (String optimizer : OPTIMIZERS) {
        try (var full = new Run(Options.NONE, count, units, optimizer);
            var adaptive = new Run(cutoffs(count), count, units, optimizer);
            var sampled = new Run(SAMPLED, count, units, optimizer)) {
          for (int i = 0; i <= measured; i++) {
            full.step(i > 0);
            adaptive.step(i > 0);
            sampled.step(i > 0);
          }
          double rate = new Rates(full.rates).median();
          var cells = new ArrayList<String>();
          cells.add(String.format(Locale.ROOT, "%,d", count));
          cells.add(optimizer);
          cells.add(String.format(Locale.ROOT, "%,.0f", rate));
          for (Run run : List.of(adaptive, sampled)) {
            double faster = new Rates(run.rates).median();
            cells.add(String.format(Locale.ROOT, "%,.0f", faster));
            cells.add(String.format(Locale.ROOT, "%.1f", faster / rate));
          }
          table.row(cells);
        }
      }
    }
    return table;
  }

  /** A twentieth and a fifth of the words. */
  private static Options cutoffs(int words) {
    return new Options(
        Map.of("cutoffs", String.format(Locale.ROOT, "%d, %d", words / 20, words / 5)));
  }

  /** One network on one minibatch. */
  private static final class Run implements AutoCloseable {
    final List<Double> rates = new ArrayList<>();
    private final NativeMemory memory = new NativeMemory();
    private final Network network;
    private final Minibatch minibatch = new Minibatch(STEPS, BATCH);
    private final HiddenState state;
    private final OptimizerStep optimizer;
    private final OptimizerStep.Target target;
    private int taken;

    Run(Options head, int words, int units, String name) {
      NetworkSpec plain = RecurrentStack.languageModel(words, "lstm", 1, units, 0);
      var spec = new NetworkSpec(plain.layers(), new HeadSpec("language-model", words, head));
      Kernels kernels = Kernels.best();
      network = new Network(spec, kernels, ElementType.FLOAT32, STEPS, BATCH);
      network.parameters().set(Network.initialParameters(spec, 1));
      state = network.newState();
      var update =
          new UpdatePlan(
              ClipPlan.ofNorm(5), OptimizerPlan.of(name, 0.001), SchedulePlan.constant());
      optimizer = new OptimizerStep(update, kernels.elementwise());
      var slots = new ArrayList<NativeBuffer>();
      for (int i = 0; i < optimizer.slots(); i++) {
        slots.add(memory.floats(network.parameters().values().length()));
      }
      target = new OptimizerStep.Target(network.parameters().values(), slots);
      for (int i = 0; i < minibatch.targets().length; i++) {
        minibatch.inputs()[i] = word(CounterRandom.of(2).uniform(i), words);
        minibatch.targets()[i] = word(CounterRandom.of(3).uniform(i), words);
      }
    }

    /** Of which rank r is about as likely as 1/r. */
    private static int word(double uniform, int words) {
      return (int) Math.min(words - 1, Math.pow(words, uniform) - 1);
    }

    void step(boolean measured) {
      long begin = System.nanoTime();
      network.parametersChanged();
      Loss loss = network.lossAndGradient(minibatch, state, CounterRandom.of(1));
      optimizer.take(target, network.gradient(), 1, 0.001, ++taken);
      if (measured) {
        rates.add(loss.tokens() / ((System.nanoTime() - begin) / 1e9));
      }
    }

    @Override
    public void close() {
      network.close();
      memory.close();
    }
  }
}
