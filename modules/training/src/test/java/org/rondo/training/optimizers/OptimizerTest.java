package org.rondo.training.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.RecurrentStack;

/** Each rule against its textbook formula in double, over gradients of a real network. */
class OptimizerTest {
  private static final int STEPS = 5;
  private static final double SCALE = 0.5;

  /** One parameter's update by the book: {@code slots} may be used as the rule likes. */
  private interface Formula {
    double next(double p, double g, double[] slots, int t, OptimizerPlan plan);
  }

  private static final Map<String, Formula> FORMULAS =
      Map.of(
          "sgd", (p, g, slots, t, plan) -> p - plan.learningRate() * (g + plan.weightDecay() * p),
          "momentum", OptimizerTest::momentum,
          "nesterov", OptimizerTest::nesterov,
          "adam", OptimizerTest::adam,
          "adamw", OptimizerTest::adamW,
          "sparse-adam", (p, g, slots, t, plan) -> g == 0 ? p : adam(p, g, slots, t, plan));

  private final NetworkSpec spec = RecurrentStack.languageModel(20, "lstm", 1, 5, 0);
  private final Elementwise passes = Kernels.best().elementwise();
  private final NativeMemory memory = new NativeMemory();
  private Network network;

  @BeforeEach
  void build() {
    network = new Network(spec, Kernels.best(), ElementType.FLOAT32, 3, 2);
    network.parameters().set(Network.initialParameters(spec, 9));
    network.parametersChanged();
  }

  @AfterEach
  void free() {
    network.close();
    memory.close();
  }

  static List<String> everyOptimizer() {
    return Optimizer.names();
  }

  @ParameterizedTest
  @MethodSource("everyOptimizer")
  void followsItsFormula(String name) {
    requireFormula(name, plan(name));
  }

  @Test
  void sgdDecaysWeightsAsItsFormulaSays() {
    requireFormula("sgd", new OptimizerPlan("sgd", 0.3, 0, 0, 0, 1e-8, 0.02));
  }

  private void requireFormula(String name, OptimizerPlan plan) {
    Optimizer optimizer = Optimizer.named(name);
    int length = network.parameters().values().length();
    List<NativeBuffer> slots = new ArrayList<>();
    for (int i = 0; i < optimizer.slots(); i++) {
      slots.add(memory.floats(length));
    }
    double[] expected = toDoubles(network.parameters().toArray());
    var expectedSlots = new double[length][2];
    for (int t = 1; t <= STEPS; t++) {
      computeGradient(t);
      float[] gradient = network.gradient().values().toArray();
      for (int i = 0; i < length; i++) {
        double g = SCALE * gradient[i];
        expected[i] = FORMULAS.get(name).next(expected[i], g, expectedSlots[i], t, plan);
      }
      step(optimizer, plan, slots, t);
    }

    float[] actual = network.parameters().toArray();
    // Values are below 1 and a step rounds a handful of times: a few units of 2^-24 per step.
    // Adam divides by the root of tiny squares, which multiplies what the gradients' rounding does.
    for (int i = 0; i < length; i++) {
      assertThat((double) actual[i])
          .as("parameter %d", i)
          .isEqualTo(expected[i], Offset.offset(5e-6));
    }
  }

  @Test
  void sgdLeavesEmbeddingRowsOfAbsentIdsAlone() {
    float[] before = network.parameters().toArray();
    computeGradient(1);
    step(Optimizer.named("sgd"), plan("sgd"), List.of(), 1);

    float[] after = network.parameters().toArray();
    // computeGradient uses ids below 6 of 20; the embedding comes first, 5 values a row.
    assertThat(Arrays.copyOfRange(after, 6 * 5, 20 * 5))
        .isEqualTo(Arrays.copyOfRange(before, 6 * 5, 20 * 5));
    assertThat(Arrays.copyOf(after, 6 * 5)).isNotEqualTo(Arrays.copyOf(before, 6 * 5));
  }

  /** Of a token that does not come again: its embedding and its moments wait. */
  @Test
  void sparseAdamLeavesAbsentIdsAndTheirMomentsAlone() {
    List<NativeBuffer> slots = new ArrayList<>();
    slots.add(memory.floats(network.parameters().values().length()));
    slots.add(memory.floats(network.parameters().values().length()));
    computeGradient(1);
    step(Optimizer.named("sparse-adam"), plan("sparse-adam"), slots, 1);
    float[] before = network.parameters().toArray();
    float[] moments = slots.get(0).toArray();
    network.gradient().clearRanges();
    network.gradient().add(5, before.length - 5);
    step(Optimizer.named("sparse-adam"), plan("sparse-adam"), slots, 2);

    float[] after = network.parameters().toArray();
    assertThat(Arrays.copyOf(after, 5)).isEqualTo(Arrays.copyOf(before, 5));
    assertThat(Arrays.copyOf(slots.get(0).toArray(), 5)).isEqualTo(Arrays.copyOf(moments, 5));
    assertThat(Arrays.copyOfRange(after, 5, after.length))
        .isNotEqualTo(Arrays.copyOfRange(before, 5, before.length));
  }

  @Test
  void unknownNameListsWhatThereIs() {
    assertThatThrownBy(() -> OptimizerPlan.of("adamm", 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "optimizer.name = adamm: no such optimizer; there are [adam, adamw, momentum, nesterov, sgd, sparse-adam]");
  }

  private void computeGradient(int t) {
    var minibatch = new Minibatch(3, 2);
    CounterRandom random = CounterRandom.of(t);
    for (int i = 0; i < 6; i++) {
      minibatch.inputs()[i] = (int) (6 * random.uniform(i));
      minibatch.targets()[i] = (int) (20 * random.uniform(100 + i));
    }
    network.lossAndGradient(minibatch, network.newState(), random);
  }

  private void step(Optimizer optimizer, OptimizerPlan plan, List<NativeBuffer> slots, int t) {
    var update =
        new Elementwise.Update(
            network.parameters().values(),
            network.gradient().values(),
            (float) plan.learningRate(),
            (float) SCALE);
    optimizer.update(new Optimizer.Step(plan, passes, update, network.gradient(), slots, t));
    network.parametersChanged();
  }

  private static OptimizerPlan plan(String name) {
    double decay = name.equals("adamw") ? 0.1 : 0;
    return new OptimizerPlan(name, 0.05, 0.8, 0.9, 0.99, 1e-4, decay);
  }

  private static double momentum(double p, double g, double[] slots, int t, OptimizerPlan plan) {
    slots[0] = plan.momentum() * slots[0] + g;
    return p - plan.learningRate() * slots[0];
  }

  private static double nesterov(double p, double g, double[] slots, int t, OptimizerPlan plan) {
    slots[0] = plan.momentum() * slots[0] + g;
    return p - plan.learningRate() * (g + plan.momentum() * slots[0]);
  }

  private static double adam(double p, double g, double[] slots, int t, OptimizerPlan plan) {
    slots[0] = plan.beta1() * slots[0] + (1 - plan.beta1()) * g;
    slots[1] = plan.beta2() * slots[1] + (1 - plan.beta2()) * g * g;
    double first = slots[0] / (1 - Math.pow(plan.beta1(), t));
    double second = slots[1] / (1 - Math.pow(plan.beta2(), t));
    return p - plan.learningRate() * first / (Math.sqrt(second) + plan.epsilon());
  }

  private static double adamW(double p, double g, double[] slots, int t, OptimizerPlan plan) {
    double decayed = p - plan.learningRate() * plan.weightDecay() * p;
    return decayed + adam(0, g, slots, t, plan);
  }

  private static double[] toDoubles(float[] values) {
    var doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
