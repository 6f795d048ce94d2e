package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;

class SteadyStateTest {
  static List<String> choices() {
    return List.of("java", Kernels.AUTO);
  }

  @ParameterizedTest
  @MethodSource("choices")
  void trainingStepsAllocateNothing(String kernels) {
    NetworkSpec spec = NetworkSpec.languageModel(40, "lstm", 2, 32, 0.2);
    var random = CounterRandom.of(1);
    Minibatch minibatch = Samples.minibatch(spec, 6, 4, random);
    try (var network =
        new Network(spec, Kernels.choose(kernels, kernels), ElementType.FLOAT32, 6, 4)) {
      HiddenState state = network.newState();
      network.parameters().set(Network.initialParameters(spec, 1));
      steps(network, minibatch, state, random, 4000);
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      long before = threads.getThreadAllocatedBytes(thread);
      int count = 1000;

      steps(network, minibatch, state, random, count);

      long allocated = threads.getThreadAllocatedBytes(thread) - before;
      // Where the JIT compiler does not take them apart: the loss, two keys, a few views of state.
      assertThat(allocated / count).as("bytes per step").isLessThan(1024);
    }
  }

  private static void steps(
      Network network, Minibatch minibatch, HiddenState state, CounterRandom random, int count) {
    for (int i = 0; i < count; i++) {
      network.parametersChanged();
      network.lossAndGradient(minibatch, state, random);
    }
  }
}
