package org.rondo.models.heads.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise.AdamStep;
import org.rondo.kernels.Elementwise.Update;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Embedding;

/** Networks that learn to write what they read, forwards or backwards, of any length. */
class DecoderLearningTest {
  private static final int SYMBOLS = 5;
  private static final int LONGEST = 5;
  private static final int BATCH = 32;
  private static final int UPDATES = 400;

  private static NetworkSpec spec(String attention) {
    var options = Map.of("units", "32", "attention", attention, "more_labels", "3");
    return new NetworkSpec(
        List.of(new Embedding(SYMBOLS, 16), new Bidirectional(CellSpec.of("lstm", 16))),
        new HeadSpec("decoder", SYMBOLS + 1, new Options(options)));
  }

  private static void fill(Minibatch minibatch, boolean reversed, CounterRandom random) {
    minibatch.clear();
    for (int b = 0; b < BATCH; b++) {
      int length = 1 + (int) (random.derive(b).uniform(99) * LONGEST);
      minibatch.lengths()[b] = length;
      minibatch.labelLengths()[b] = length + 1;
      for (int t = 0; t < length; t++) {
        int symbol = (int) (random.derive(b).uniform(t) * SYMBOLS);
        minibatch.inputs()[t * BATCH + b] = symbol;
        minibatch.targets()[(reversed ? length - 1 - t : t) * BATCH + b] = symbol;
      }
      minibatch.targets()[length * BATCH + b] = SYMBOLS;
    }
  }

  @ParameterizedTest
  @CsvSource({"false, additive, FLOAT32", "true, general, FLOAT32", "true, dot, BFLOAT16"})
  void everySequenceIsWrittenExactly(boolean reversed, String attention, ElementType precision) {
    NetworkSpec spec = spec(attention);
    Kernels kernels = Kernels.best();
    Minibatch minibatch = Minibatch.forNetwork(spec, LONGEST, BATCH);
    CounterRandom random = CounterRandom.of(3);
    try (var network = new Network(spec, kernels, precision, LONGEST, BATCH);
        var memory = new NativeMemory()) {
      network.parameters().set(Network.initialParameters(spec, 1));
      NativeBuffer gradient = network.gradient().values();
      NativeBuffer first = memory.floats(gradient.length());
      NativeBuffer second = memory.floats(gradient.length());
      for (int i = 1; i <= UPDATES; i++) {
        fill(minibatch, reversed, random.derive(i));
        network.parametersChanged();
        network.lossAndGradient(minibatch, network.newState(), random);
        float correction = 1 - (float) Math.pow(0.9, i);
        float correction2 = 1 - (float) Math.pow(0.98, i);
        float rate = i < UPDATES / 2 ? 0.01f : 0.002f;
        var update = new Update(network.parameters().values(), gradient, rate, 1f);
        var adam = new AdamStep(0.9f, 0.98f, 1e-8f, correction, correction2, 0f);
        kernels.elementwise().adam(update, first, second, adam, 0, gradient.length());
      }
      network.parametersChanged();
      fill(minibatch, reversed, random.derive("unseen"));
      var labels = new int[network.predictions()];
      network.decode(minibatch, network.newState(), labels);
      assertThat(labels).isEqualTo(minibatch.targets());
      assertThat(Arrays.stream(labels).filter(label -> label == SYMBOLS)).hasSize(BATCH);
    }
  }
}
