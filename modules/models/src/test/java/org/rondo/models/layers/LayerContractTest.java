package org.rondo.models.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.Layer;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;
import org.rondo.testkit.GradientCheck;
import org.rondo.testkit.Seeds;

/**
 * Dense layers, convolutions, regularizers and those made of recurrent layers, over sequences of
 * several lengths.
 */
class LayerContractTest {
  /**
   * Float32 losses leave 2e-3 of a slope over so small a step; a term that is wrong shows as more
   * than 1e-1.
   */
  private static final double TOLERANCE = 5e-3;

  private static final CounterRandom RANDOM = CounterRandom.of(3);
  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int[] LENGTHS = {4, 0, 2};
  private static final int UNITS = 6;
  private static final CellSpec CELL = CellSpec.of("lstm", UNITS);
  private static final CellSpec HALF = CellSpec.of("lstm", UNITS / 2);

  static Stream<HiddenLayerSpec> everyLayer() {
    Stream<HiddenLayerSpec> recurrent =
        Stream.of(
            new Bidirectional(CELL),
            new Residual(new Recurrent(CELL)),
            new Residual(new Bidirectional(HALF)),
            new Recurrent(CELL, 0.4),
            new Recurrent(new CellSpec("gru", UNITS, new Options(Map.of("reset", "before"))), 0.4),
            new Residual(new Bidirectional(HALF, 0.4)));
    Stream<HiddenLayerSpec> regularizers =
        Stream.of(
            new Dropout(0.4),
            new Dropout(0.4, true),
            new Regularization(2, 0),
            new Regularization(0.5, 3),
            new SpectrumMasks(UNITS / 2, 1, 2, 1, 4));
    // Without relu, whose kinks finite differences step over; the reference checks it.
    Stream<HiddenLayerSpec> dense =
        Stream.of("identity", "tanh", "sigmoid").map(name -> new Dense(9, name));
    var image = new ImageShape(1, 3, 2);
    Stream<HiddenLayerSpec> convolutions =
        Stream.of(
            new Convolution(image, 3, 2, 1, 1, "tanh"),
            new Convolution(image, 4, 3, 2, 1, "identity"));
    return Stream.of(recurrent, regularizers, dense, convolutions).flatMap(layers -> layers);
  }

  @ParameterizedTest
  @MethodSource("everyLayer")
  void gradientMatchesFiniteDifferences(HiddenLayerSpec spec) {
    try (var bench = new Bench(spec)) {
      bench.loss();
      bench.layer.output().gradient().write(0, bench.weights, 0, bench.weights.length);
      bench.layer.backward();
      assertThat(bench.error(bench.input.values(), bench.input.gradient()))
          .as("input, seed %d", Seeds.SEED)
          .isLessThan(TOLERANCE);
      for (ParameterLayout.Slice slice : bench.workspace.parameters().layout().slices()) {
        NativeBuffer parameter = bench.workspace.parameter(slice.name());
        assertThat(bench.error(parameter, bench.workspace.gradient(slice.name())))
            .as("%s, seed %d", slice.name(), Seeds.SEED)
            .isLessThan(TOLERANCE);
      }
    }
  }

  @Test
  void residualAddsItsInput() {
    try (var bench = new Bench(new Residual(new Recurrent(CELL)));
        var plain = new Bench(new Recurrent(CELL))) {
      bench.loss();
      plain.loss();
      for (int i = 0; i < plain.weights.length; i++) {
        assertThat(bench.layer.output().values().get(i))
            .isEqualTo(plain.layer.output().values().get(i) + plain.input.values().get(i));
      }
    }
  }

  /** The backward half is what the forward half gives on sequences that are turned round. */
  @Test
  void directionsMirrorEachOtherFromTheOwnEndOfEachSequence() {
    try (var bench = new Bench(new Bidirectional(CELL));
        var mirror = new Bench(new Bidirectional(CELL))) {
      int half = bench.workspace.parameters().layout().length() / 2;
      float[] parameters = bench.workspace.parameters().toArray();
      NativeBuffer exchanged = mirror.workspace.parameters().values();
      exchanged.write(0, parameters, half, half);
      exchanged.write(half, parameters, 0, half);
      turnRound(bench.input.values(), mirror.input.values());
      bench.clearState();
      mirror.clearState();

      bench.loss();
      mirror.loss();

      float[] output = bench.layer.output().values().toArray();
      float[] mirrored = mirror.layer.output().values().toArray();
      for (int row = 0; row < STEPS * BATCH; row++) {
        int at = 2 * UNITS * row;
        if (row / BATCH >= LENGTHS[row % BATCH]) {
          assertThat(Arrays.copyOfRange(output, at, at + 2 * UNITS)).as("padding").containsOnly(0f);
          continue;
        }
        int opposite = 2 * UNITS * opposite(row);
        assertThat(Arrays.copyOfRange(output, at, at + UNITS))
            .isEqualTo(Arrays.copyOfRange(mirrored, opposite + UNITS, opposite + 2 * UNITS));
        assertThat(Arrays.copyOfRange(output, at + UNITS, at + 2 * UNITS))
            .isEqualTo(Arrays.copyOfRange(mirrored, opposite, opposite + UNITS));
      }
    }
  }

  private static int opposite(int row) {
    int b = row % BATCH;
    return (LENGTHS[b] - 1 - row / BATCH) * BATCH + b;
  }

  private static void turnRound(NativeBuffer from, NativeBuffer to) {
    for (int row = 0; row < STEPS * BATCH; row++) {
      if (row / BATCH < LENGTHS[row % BATCH]) {
        to.copy(opposite(row) * UNITS, from, row * UNITS, UNITS);
      }
    }
  }

  @Test
  void onlyTheForwardDirectionCarriesState() {
    try (var bench = new Bench(new Bidirectional(CELL))) {
      bench.loss();
      float[] first = bench.layer.output().values().toArray();
      assertThat(bench.layer.stateWidths()).containsExactly(UNITS, UNITS);
      bench.clearState();
      bench.loss();
      float[] second = bench.layer.output().values().toArray();
      for (int i = 0; i < UNITS; i++) {
        assertThat(second[i]).isNotEqualTo(first[i]);
        assertThat(second[UNITS + i]).isEqualTo(first[UNITS + i]);
      }
    }
  }

  /** All steps of a sequence drop the same columns; other sequences drop others. */
  @Test
  void lockedDropoutHasOneMaskForAllSteps() {
    try (var bench = new Bench(new Dropout(0.5, true))) {
      bench.loss();
      NativeBuffer values = bench.layer.output().values();
      var masks = new HashSet<List<Boolean>>();
      for (int b = 0; b < BATCH; b++) {
        var mask = new ArrayList<Boolean>();
        for (int i = 0; i < UNITS; i++) {
          int first = b * UNITS + i;
          mask.add(values.get(first) == 0);
          for (int t = 1; t < STEPS; t++) {
            int at = (t * BATCH + b) * UNITS + i;
            assertThat(values.get(at) == 0).isEqualTo(mask.get(i));
            assertThat(values.get(at)).isIn(0f, 2 * bench.input.values().get(at));
          }
        }
        masks.add(mask);
      }
      assertThat(masks).hasSizeGreaterThan(1);
    }
  }

  /** Two spectra of three bands side by side lose the same bands at every step. */
  @Test
  void masksBlankTheSameBandsOfEverySpectrumOfASequence() {
    var lost = new HashSet<List<Boolean>>();
    for (int seed = 0; seed < 20; seed++) {
      try (var bench = new Bench(new SpectrumMasks(UNITS / 2, 1, 2, 0, 0))) {
        bench.layer.forwardTraining(CounterRandom.of(seed));
        NativeBuffer values = bench.layer.output().values();
        for (int b = 0; b < BATCH; b++) {
          var bands = new ArrayList<Boolean>();
          for (int i = 0; i < UNITS / 2 && LENGTHS[b] > 0; i++) {
            bands.add(values.get(b * UNITS + i) == 0);
            for (int t = 0; t < LENGTHS[b]; t++) {
              for (int at : new int[] {i, i + UNITS / 2}) {
                int place = (t * BATCH + b) * UNITS + at;
                float expected = bands.get(i) ? 0 : bench.input.values().get(place);
                assertThat(values.get(place)).isEqualTo(expected);
              }
            }
          }
          lost.add(bands);
        }
        bench.layer.forward();
        assertThat(values.toArray()).isEqualTo(bench.input.values().toArray());
      }
    }
    // None, one of three, or two neighbours of three; a sequence without steps has no bands.
    assertThat(lost).hasSize(1 + 3 + 2 + 1);
  }

  @Test
  void masksBlankAFifthOfTheStepsOfASequenceAtMost() {
    ParameterLayout layout = ParameterLayout.of(List.of());
    var blanked = new HashSet<Integer>();
    try (var memory = new NativeMemory()) {
      var workspace = new Workspace(20, 2, Kernels.best(), ElementType.FLOAT32, layout, memory);
      workspace.lengths()[1] = 10;
      Signal input = workspace.signal(1);
      for (int i = 0; i < 40; i++) {
        input.values().set(i, 1);
      }
      Layer layer = new SpectrumMasks(1, 0, 0, 1, 100).bind(workspace, input);
      for (int seed = 0; seed < 200; seed++) {
        layer.forwardTraining(CounterRandom.of(seed));
        float[] values = layer.output().values().toArray();
        int first = 0;
        for (int row = 0; row < values.length; row++) {
          assertThat(values[row] == 0 && row % 2 == 1 && row >= 20).as("padding").isFalse();
          first += row % 2 == 0 && values[row] == 0 ? 1 : 0;
        }
        blanked.add(first);
      }
    }
    assertThat(blanked).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  /** Weights that a minibatch of training went without are there again in evaluation. */
  @Test
  void weightsAreDroppedInTrainingAlone() {
    try (var bench = new Bench(new Recurrent(CELL, 0.5));
        var plain = new Bench(new Recurrent(CELL))) {
      plain.loss();
      bench.loss();
      float[] training = bench.layer.output().values().toArray();
      bench.layer.forward();
      assertThat(bench.layer.output().values().toArray())
          .isEqualTo(plain.layer.output().values().toArray())
          .isNotEqualTo(training);
      bench.layer.forwardTraining(RANDOM);
      assertThat(bench.layer.output().values().toArray()).isEqualTo(training);
    }
  }

  /** h = 1, 2, 4 of one unit: (1 + 4 + 16) / 3 and (1 + 4) / 2. */
  @Test
  void penaltyIsTheMeanSquareOfValuesAndOfTheirChanges() {
    ParameterLayout layout = ParameterLayout.of(List.of());
    try (var memory = new NativeMemory()) {
      var workspace = new Workspace(4, 1, Kernels.best(), ElementType.FLOAT32, layout, memory);
      workspace.lengths()[0] = 3;
      Signal input = workspace.signal(1);
      input.values().write(0, new float[] {1, 2, 4, 100}, 0, 4);
      Layer layer = new Regularization(3, 2).bind(workspace, input);
      assertThat(layer.penalty()).isEqualTo(3 * 7 + 2 * 2.5);
      layer.backward();
      assertThat(input.gradient().toArray()).containsExactly(2 - 2, 4 + 2 - 4, 8 + 4, 0);
    }
  }

  /** One layer with a random input and a loss that weighs every output but padding differently. */
  private static final class Bench implements AutoCloseable {
    private final NativeMemory memory = new NativeMemory();
    final Workspace workspace;
    final Signal input;
    final Layer layer;
    final float[] weights;

    Bench(HiddenLayerSpec spec) {
      List<ParameterSpec> parameters = spec.parameters(UNITS);
      ParameterLayout layout = ParameterLayout.of(parameters);
      workspace = new Workspace(STEPS, BATCH, Kernels.best(), ElementType.FLOAT32, layout, memory);
      System.arraycopy(LENGTHS, 0, workspace.lengths(), 0, BATCH);
      Seeds.fill(workspace.parameters().values(), "parameters", 0.5f);
      input = workspace.signal(UNITS);
      Seeds.fill(input.values(), "input", 1f);
      layer = spec.bind(workspace, input);
      layer.loadState(Seeds.uniform("state", stateLength(), 0.5f), 0);
      weights = Seeds.uniform("weights", layer.output().values().length(), 1f);
      for (int i = 0; i < weights.length; i++) {
        weights[i] = workspace.isPadding(i / layer.output().width()) ? 0 : weights[i];
      }
    }

    private int stateLength() {
      return BATCH * layer.stateWidths().stream().mapToInt(w -> w).sum();
    }

    void clearState() {
      layer.loadState(new float[stateLength()], 0);
    }

    double loss() {
      workspace.parametersChanged();
      layer.forwardTraining(RANDOM);
      double sum = layer.penalty();
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * layer.output().values().get(i);
      }
      return sum;
    }

    double error(NativeBuffer values, NativeBuffer gradient) {
      return GradientCheck.maxRelativeError(this::loss, values, gradient, 1e-2f, 1);
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
