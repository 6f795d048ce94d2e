package org.rondo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenLayerSpec;
import org.rondo.models.HiddenState;
import org.rondo.models.InputLayerSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Characters;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Convolution;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.ImageShape;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Residual;
import org.rondo.models.layers.Values;

/** Exported networks against ONNX Runtime, which others wrote. */
final class OnnxExportTest {
  private static final int BATCH = 3;

  /** Both round their sums in an order of their own. */
  private static final float ERROR = 1e-5f;

  private static CellSpec cell(String name, String... options) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < options.length; i += 2) {
      values.put(options[i], options[i + 1]);
    }
    return new CellSpec(name, 4, new Options(values));
  }

  private static HeadSpec head(String type, String... option) {
    return new HeadSpec(
        type, 5, option.length == 0 ? Options.NONE : new Options(Map.of(option[0], option[1])));
  }

  private static NetworkSpec network(InputLayerSpec input, HeadSpec head, HiddenLayerSpec... all) {
    var layers = new ArrayList<LayerSpec>(List.of(input));
    layers.addAll(List.of(all));
    return new NetworkSpec(layers, head);
  }

  static Stream<NetworkSpec> networks() {
    var words = new Embedding(7, 4);
    var values = new Values(3);
    var spelled = new Columns(List.of(words, new Characters(6, 4, 3, cell("lstm"))));
    return Stream.of(
        network(words, head("language-model"), new Recurrent(cell("lstm"))),
        network(words, head("language-model"), new Recurrent(cell("lstm", "peepholes", "true"))),
        network(words, head("language-model"), new Recurrent(cell("gru"))),
        network(words, head("language-model"), new Recurrent(cell("gru", "reset", "before"))),
        network(
            new Embedding(5, 4),
            head("language-model", "tied", "true"),
            new Recurrent(cell("lstm"))),
        network(words, head("language-model", "cutoffs", "2, 3"), new Recurrent(cell("gru"))),
        network(values, head("tagger"), new Recurrent(cell("vanilla"))),
        network(values, head("tagger"), new Recurrent(cell("vanilla", "activation", "relu"))),
        network(
            values,
            head("classifier", "pooling", "last"),
            new Bidirectional(cell("lstm")),
            new Dropout(0.5),
            new Residual(new Recurrent(new CellSpec("gru", 8, Options.NONE)))),
        network(values, head("classifier", "pooling", "max"), new Bidirectional(cell("gru"))),
        network(values, head("multi-label", "pooling", "mean"), new Recurrent(cell("lstm"))),
        network(
            spelled,
            head("classifier", "pooling", "attention"),
            new Bidirectional(cell("lstm")),
            new Dense(6, "tanh")),
        network(values, head("regression"), new Dense(6, "relu"), new Dense(4, "sigmoid")),
        network(values, head("regression", "pooling", "last"), new Recurrent(cell("lstm"))),
        network(spelled, head("crf"), new Bidirectional(cell("vanilla"))),
        network(values, head("ctc"), new Recurrent(cell("lstm"))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aRuntimeGivesTheSameScoresAndState(NetworkSpec spec) throws OrtException {
    float[] parameters = Network.initialParameters(spec, 3);
    var random = new Random(5);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.3 * random.nextGaussian()); // biases as well
    }
    byte[] model = OnnxExport.of(spec, parameters);
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model)) {
      for (int steps : new int[] {1, 6, 200}) {
        Minibatch minibatch = minibatch(spec, steps, random);
        boolean whole = spec.layers().stream().anyMatch(LayerSpec::looksAhead);
        var before = new HiddenState(Network.stateLength(spec, BATCH));
        if (!whole) {
          Arrays.fill(minibatch.lengths(), steps);
        }
        for (int i = 0; i < before.values().length; i++) {
          before.values()[i] = (float) random.nextGaussian();
        }
        compare(spec, parameters, session, minibatch, before, !whole);
      }
    }
  }

  /** Of three lengths, with words of several lengths. */
  private static Minibatch minibatch(NetworkSpec spec, int steps, Random random) {
    Minibatch minibatch = Minibatch.forNetwork(spec, steps, BATCH);
    List<Integer> bounds = spec.idColumns();
    for (int b = 0; b < BATCH; b++) {
      minibatch.lengths()[b] = Math.max(1, steps - 2 * b);
    }
    for (int i = 0; i < minibatch.inputs().length; i++) {
      minibatch.inputs()[i] = random.nextInt(bounds.get(i % bounds.size()));
    }
    for (int i = 0; i < minibatch.values().length; i++) {
      minibatch.values()[i] = (float) random.nextGaussian();
    }
    return minibatch;
  }

  private static void compare(
      NetworkSpec spec,
      float[] parameters,
      OrtSession session,
      Minibatch minibatch,
      HiddenState state,
      boolean carries)
      throws OrtException {
    Map<String, OnnxTensor> inputs = inputs(spec, session, minibatch, state);
    try (OrtSession.Result result = session.run(inputs);
        var network =
            Network.forEvaluation(
                spec, Kernels.best(), ElementType.FLOAT32, minibatch.steps(), BATCH)) {
      network.parameters().set(parameters);
      network.parametersChanged();
      int outputs = spec.head().outputs();
      float[] logits = new float[network.predictions() * outputs];

      network.logits(minibatch, state, logits);

      float[] scores = output(result, "logits");
      assertThat(scores).hasSameSizeAs(logits);
      for (int i = 0; i < logits.length; i++) {
        int row = i / outputs;
        boolean padding =
            network.predictions() > BATCH && row / BATCH >= minibatch.lengths()[row % BATCH];
        if (!padding) {
          assertThat(scores[i]).as("row %d of %s", row, spec).isCloseTo(logits[i], near(logits[i]));
        }
      }
      int at = 0;
      for (int i = 0; carries && at < state.values().length; i++) {
        for (float next : output(result, "next_state." + i)) {
          float own = state.values()[at++];
          assertThat(next).as("state %d of %s", i, spec).isCloseTo(own, near(own));
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static Offset<Float> near(float value) {
    return Offset.offset(ERROR * Math.max(1, Math.abs(value)));
  }

  private static Map<String, OnnxTensor> inputs(
      NetworkSpec spec, OrtSession session, Minibatch minibatch, HiddenState state)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long steps = minibatch.steps();
    var inputs = new HashMap<String, OnnxTensor>();
    var lengths = IntBuffer.wrap(minibatch.lengths());
    inputs.put("lengths", OnnxTensor.createTensor(environment, lengths, new long[] {BATCH}));
    if (minibatch.columns() > 0) {
      var ids = LongBuffer.wrap(Arrays.stream(minibatch.inputs()).asLongStream().toArray());
      var shape = new long[] {steps, BATCH, minibatch.columns()};
      inputs.put("ids", OnnxTensor.createTensor(environment, ids, shape));
    }
    if (spec.inputValues() > 0) {
      var values = FloatBuffer.wrap(minibatch.values());
      var shape = new long[] {steps, BATCH, spec.inputValues()};
      inputs.put("values", OnnxTensor.createTensor(environment, values, shape));
    }
    int at = 0;
    for (int i = 0; session.getInputNames().contains("state." + i); i++) {
      var info = (TensorInfo) session.getInputInfo().get("state." + i).getInfo();
      var shape = new long[] {1, BATCH, info.getShape()[2]};
      int length = (int) (BATCH * shape[2]);
      var part = FloatBuffer.wrap(Arrays.copyOfRange(state.values(), at, at + length));
      inputs.put("state." + i, OnnxTensor.createTensor(environment, part, shape));
      at += length;
    }
    assertThat(at).isEqualTo(state.values().length);
    return inputs;
  }

  private static float[] output(OrtSession.Result result, String name) {
    FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    var all = new float[values.remaining()];
    values.get(all);
    return all;
  }

  @Test
  void chainWithoutIllegalTagsHasTheScoresThatDecodingTakes() throws OrtException {
    NetworkSpec spec =
        network(new Values(3), head("crf", "illegal", "start-2, 0-3, 1-end"), new Dense(4, "tanh"));
    float[] parameters = Network.initialParameters(spec, 3);
    byte[] model = OnnxExport.of(spec, parameters);
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model)) {
      Minibatch minibatch = minibatch(spec, 4, new Random(5));
      Map<String, OnnxTensor> inputs =
          inputs(spec, session, minibatch, new HiddenState(Network.stateLength(spec, BATCH)));
      try (OrtSession.Result result = session.run(inputs)) {
        float[] first = {0, 0, -1e30f, 0, 0};
        float[] last = {0, -1e30f, 0, 0, 0};
        var neighbours = new float[25];
        neighbours[3] = -1e30f;
        assertThat(output(result, "start")).containsExactly(first);
        assertThat(output(result, "end")).containsExactly(last);
        assertThat(output(result, "transitions")).containsExactly(neighbours);
      } finally {
        inputs.values().forEach(OnnxTensor::close);
      }
    }
  }

  @Test
  void whatHasNoOperatorIsNamed() {
    NetworkSpec normalized =
        network(new Values(3), head("tagger"), new Recurrent(cell("lstm", "layer_norm", "true")));
    assertThatThrownBy(() -> OnnxExport.of(normalized, Network.initialParameters(normalized, 1)))
        .hasMessage(
            "onnx: ONNX has no operator for an lstm with layer_norm or projection, so this network"
                + " cannot be exported");
    NetworkSpec images =
        network(
            new Values(16),
            head("tagger"),
            new Convolution(new ImageShape(4, 4, 1), 2, 3, 1, 0, "relu"));
    assertThatThrownBy(() -> OnnxExport.of(images, Network.initialParameters(images, 1)))
        .hasMessageStartingWith("onnx: ONNX has no operator for the layer ");
    NetworkSpec large = network(new Embedding(1_000_000, 500), head("tagger"));
    assertThatThrownBy(() -> OnnxExport.of(large, new float[3]))
        .hasMessage(
            "onnx: the parameters have 2.0 GB, a model can have 1.9; export weights for PyTorch");
    assertThatThrownBy(() -> OnnxExport.of(normalized, new float[3]))
        .hasMessageStartingWith("onnx: 3 parameters, the network has ");
  }
}
