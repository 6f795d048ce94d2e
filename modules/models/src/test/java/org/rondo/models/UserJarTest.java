package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.ValueException;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;
import org.rondo.testkit.LaterJars;
import org.rondo.testkit.ProviderJar;

/** A layer and a head of a user, written against what is public, in a jar of their own. */
class UserJarTest {
  /** {@code y = g * x}, with g at first 1. */
  private static final String LAYER =
      """
      package org.example;

      import java.util.Arrays;
      import java.util.List;
      import java.util.Map;
      import org.rondo.kernels.NativeBuffer;
      import org.rondo.models.*;
      import org.rondo.models.parameters.*;
      import org.rondo.models.workspace.*;

      public final class UserLayers implements LayerSet {
        @Override public Map<String, Class<? extends LayerSpec>> layers() {
          return Map.of("scale", Scale.class);
        }

        public record Scale(double first) implements HiddenLayerSpec {
          @Override public String scope() { return "scale"; }

          @Override public int width(int inputs) { return inputs; }

          @Override public List<ParameterSpec> parameters(int inputs) {
            Initializer initial = (values, random) -> Arrays.fill(values, (float) first);
            return List.of(new ParameterSpec("gain", List.of(inputs), initial));
          }

          @Override public Layer bind(Workspace workspace, Signal x) {
            Signal y = workspace.signal(x.width());
            NativeBuffer gain = workspace.parameter("gain");
            NativeBuffer gainGradient = workspace.gradient("gain");
            return new Layer() {
              @Override public Signal output() { return y; }

              @Override public void forward() {
                for (int i = 0; i < y.values().length(); i++) {
                  y.values().set(i, x.values().get(i) * gain.get(i % x.width()));
                }
                workspace.round(y.values(), y.operand());
              }

              @Override public void backward() {
                gainGradient.clear(0, gainGradient.length());
                for (int i = 0; i < y.values().length(); i++) {
                  int j = i % x.width();
                  float dy = y.gradient().get(i);
                  gainGradient.set(j, gainGradient.get(j) + dy * x.values().get(i));
                  x.gradient().set(i, dy * gain.get(j));
                }
              }
            };
          }
        }
      }
      """;

  /** The mean absolute error of {@code x W}, one value per step. */
  private static final String HEAD =
      """
      package org.example;

      import java.util.List;
      import org.rondo.kernels.NativeBuffer;
      import org.rondo.models.*;
      import org.rondo.models.parameters.*;
      import org.rondo.models.workspace.*;

      public final class AbsoluteError implements Head {
        @Override public String type() { return "absolute-error"; }

        @Override public boolean predictsValues() { return true; }

        @Override public List<ParameterSpec> parameters(int inputs, HeadSpec spec) {
          return List.of(LinearProducts.parameter(inputs, spec.outputs()));
        }

        @Override public Objective bind(Workspace workspace, Signal input, HeadSpec spec) {
          NativeBuffer y = workspace.floats((long) workspace.rows() * spec.outputs());
          NativeBuffer dy = workspace.gradientOperand(y);
          LinearProducts products = new LinearProducts(workspace, input, y, dy);
          return new Objective() {
            @Override public double lossAndGradient(Minibatch minibatch) {
              double[] sums = new double[workspace.batch()];
              loss(minibatch, sums);
              for (int i = 0; i < y.length(); i++) {
                boolean counts = minibatch.targets()[i / spec.outputs()] >= 0;
                float sign = Math.signum(y.get(i) - minibatch.valueTargets()[i]);
                y.set(i, counts ? sign / minibatch.targetCount() : 0);
              }
              workspace.round(y, dy);
              products.backward();
              double sum = 0;
              for (double part : sums) sum += part;
              return sum;
            }

            @Override public void loss(Minibatch minibatch, double[] sums) {
              products.forward();
              for (int i = 0; i < y.length(); i++) {
                int row = i / spec.outputs();
                if (minibatch.targets()[row] >= 0) {
                  sums[row % sums.length] += Math.abs(y.get(i) - minibatch.valueTargets()[i]);
                }
              }
            }

            @Override public int predictions() { return workspace.rows(); }

            @Override public void logits(float[] logits) {
              products.forward();
              y.read(0, logits, 0, logits.length);
            }
          };
        }
      }
      """;

  private static final CounterRandom RANDOM = CounterRandom.of(3);
  private static final String JSON =
      """
      {"layers": [{"type": "values", "width": 3}, {"type": "scale", "first": 1.0},
        {"type": "recurrent", "cell": {"name": "lstm", "units": 5}},
        {"type": "residual", "inner": {"type": "scale", "first": 0.5}}],
       "head": {"type": "absolute-error", "outputs": 2}}
      """;

  private static Path jar;

  @BeforeAll
  static void pack(@TempDir Path folder) throws Exception {
    jar =
        ProviderJar.of(folder, Map.of(LayerSet.class.getName(), LAYER, Head.class.getName(), HEAD));
  }

  @Test
  void areUnknownUntilTheirJarComes() throws Exception {
    try (var jars = new LaterJars()) {
      assertThatThrownBy(() -> NetworkSpec.fromJson(JSON))
          .hasMessageContaining("layers[1].type = scale: no such layer; there are [bidirectional");
      assertThatThrownBy(() -> Head.named("absolute-error"))
          .isInstanceOf(ValueException.class)
          .hasMessageStartingWith("head = absolute-error: no such head; there are [classifier");

      jars.add(jar);

      NetworkSpec spec = NetworkSpec.fromJson(JSON);
      assertThat(NetworkSpec.fromJson(spec.toJson())).isEqualTo(spec);
      assertThat(Head.named("absolute-error").type()).isEqualTo("absolute-error");
      assertThat(Network.layout(spec).slices())
          .extracting(slice -> slice.name() + slice.shape())
          .containsExactly(
              "scale.0.gain[3]",
              "recurrent.0.input_weight[3, 20]",
              "recurrent.0.recurrent_weight[5, 20]",
              "recurrent.0.bias[20]",
              "scale.1.gain[5]",
              "head.weight[5, 2]");
    }
  }

  /** The class of the loader that asks, not that of one before, under the same name. */
  @Test
  void areThoseOfTheLoaderThatAsks() throws Exception {
    LayerSpec first;
    try (var jars = new LaterJars()) {
      jars.add(jar);
      first = NetworkSpec.fromJson(JSON).layers().get(1);
    }
    try (var jars = new LaterJars()) {
      jars.add(jar);
      LayerSpec second = NetworkSpec.fromJson(JSON).layers().get(1);
      assertThat(second.getClass()).isNotSameAs(first.getClass());
      assertThat(LayerSet.nameOf(second.getClass())).isEqualTo("scale");
    }
  }

  @Test
  void train() throws Exception {
    try (var jars = new LaterJars()) {
      jars.add(jar);
      NetworkSpec spec = NetworkSpec.fromJson(JSON);
      Minibatch minibatch = Samples.minibatch(spec, 6, 4, RANDOM);
      float[] parameters = Network.initialParameters(spec, 1);
      try (var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, 6, 4)) {
        double first = 0;
        double last = 0;
        for (int update = 0; update < 200; update++) {
          network.parameters().set(parameters);
          network.parametersChanged();
          last = network.lossAndGradient(minibatch, network.newState(), RANDOM).mean();
          first = update == 0 ? last : first;
          float[] gradient = network.gradient().values().toArray();
          for (int i = 0; i < parameters.length; i++) {
            parameters[i] -= 0.2f * gradient[i];
          }
        }
        assertThat(last).isLessThan(0.8 * first);
      }
    }
  }

  /** A layer that multiplies by 1 changes nothing. */
  @Test
  void theLayerIsComputedWithTheOthers() throws Exception {
    try (var jars = new LaterJars()) {
      jars.add(jar);
      var lstm = new Recurrent(CellSpec.of("lstm", 5));
      LayerSpec scale = NetworkSpec.fromJson(JSON).layers().get(1);
      var head = new HeadSpec("regression", 2);
      assertThat(loss(new NetworkSpec(List.of(new Values(3), scale, lstm, scale), head)))
          .isEqualTo(loss(new NetworkSpec(List.of(new Values(3), lstm), head)));
    }
  }

  private static Loss loss(NetworkSpec spec) {
    try (var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, 6, 4)) {
      network.parameters().set(Network.initialParameters(spec, 1));
      network.parametersChanged();
      Minibatch minibatch = Samples.minibatch(spec, 6, 4, RANDOM);
      return network.lossAndGradient(minibatch, network.newState(), RANDOM);
    }
  }
}
