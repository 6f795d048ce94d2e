package org.rondo.models.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.Layer;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;
import org.rondo.testkit.Seeds;

/** Convolutions against loops over every pixel of every filter, in double. */
class ConvolutionTest {
  private static final int STEPS = 3;
  private static final int BATCH = 2;
  private static final int[] LENGTHS = {3, 1};

  static Stream<Arguments> everyShape() {
    List<Convolution> shapes =
        List.of(
            new Convolution(new ImageShape(5, 7, 1), 4, 3, 1, 0, "relu"),
            new Convolution(new ImageShape(6, 5, 3), 5, 3, 2, 1, "relu"),
            new Convolution(new ImageShape(4, 4, 2), 3, 4, 4, 3, "tanh"),
            new Convolution(new ImageShape(3, 8, 2), 1, 1, 2, 0, "identity"),
            new Convolution(new ImageShape(1, 9, 1), 2, 3, 1, 1, "sigmoid"),
            // Its patches are more than a group's, so that images go in several groups.
            new Convolution(new ImageShape(65, 70, 2), 3, 5, 1, 2, "relu"));
    return shapes.stream()
        .flatMap(
            shape ->
                Stream.of(
                    Arguments.of(shape, ElementType.FLOAT32, 1e-5),
                    Arguments.of(shape, ElementType.BFLOAT16, 3e-2)));
  }

  @ParameterizedTest
  @MethodSource("everyShape")
  void agreesWithLoopsOverEveryPixel(Convolution spec, ElementType precision, double tolerance) {
    try (var memory = new NativeMemory()) {
      var workspace =
          new Workspace(
              STEPS,
              BATCH,
              Kernels.best(),
              precision,
              ParameterLayout.of(spec.parameters(spec.image().values())),
              memory);
      System.arraycopy(LENGTHS, 0, workspace.lengths(), 0, BATCH);
      Seeds.fill(workspace.parameters().values(), "parameters", 0.5f);
      Signal input = workspace.signal(spec.image().values());
      Seeds.fill(input.values(), "input", 1f);
      workspace.round(input.values(), input.operand());
      Layer layer = spec.bind(workspace, input);
      NativeBuffer above = layer.output().gradient();
      Seeds.fill(above, "above", 1f);
      workspace.clearPadding(above, layer.output().width());
      var loops = new Loops(spec, workspace, input);

      // Twice: nothing of a minibatch is left to the next.
      for (int time = 0; time < 2; time++) {
        layer.forward();
        layer.backward();
      }

      double[] y = loops.forward();
      assertClose(layer.output().values(), y, tolerance);
      // In bfloat16 a sum near 0 may fall on the other side of relu, so slopes are the layer's.
      loops.backward(above, layer.output().values());
      assertClose(input.gradient(), loops.inputGradient, tolerance);
      assertClose(workspace.gradient("weight"), loops.weightGradient, tolerance);
      assertClose(workspace.gradient("bias"), loops.biasGradient, tolerance);
    }
  }

  /** Of so many images of this size a group holds half a minibatch, so there are several. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void aSequenceHasTheSameBitsWhereverItStands(ElementType precision) {
    var spec = new Convolution(new ImageShape(20, 20, 2), 3, 5, 1, 2, "tanh");
    int batch = 20;
    try (var memory = new NativeMemory()) {
      var workspace =
          new Workspace(
              1,
              batch,
              Kernels.best(),
              precision,
              ParameterLayout.of(spec.parameters(spec.image().values())),
              memory);
      Seeds.fill(workspace.parameters().values(), "parameters", 0.5f);
      Signal input = workspace.signal(spec.image().values());
      float[] image = Seeds.uniform("image", input.width(), 1f);
      for (int b = 0; b < batch; b++) {
        input.values().write(b * image.length, image, 0, image.length);
      }
      workspace.round(input.values(), input.operand());
      Layer layer = spec.bind(workspace, input);

      layer.forward();

      float[] output = layer.output().values().toArray();
      int width = layer.output().width();
      for (int b = 1; b < batch; b++) {
        assertThat(Arrays.copyOfRange(output, b * width, (b + 1) * width))
            .isEqualTo(Arrays.copyOf(output, width));
      }
    }
  }

  private static void assertClose(NativeBuffer actual, double[] expected, double tolerance) {
    double largest = 0;
    double difference = 0;
    assertThat(actual.length()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual.get(i) - expected[i]));
    }
    assertThat(largest).isPositive();
    assertThat(difference / largest).as("seed %d", Seeds.SEED).isLessThan(tolerance);
  }

  /** The definition, over images of rows, columns and channels. */
  private static final class Loops {
    private final Convolution spec;
    private final Workspace workspace;
    private final Signal input;
    private final ImageShape image;
    private final ImageShape output;
    final double[] inputGradient;
    final double[] weightGradient;
    final double[] biasGradient;

    Loops(Convolution spec, Workspace workspace, Signal input) {
      this.spec = spec;
      this.workspace = workspace;
      this.input = input;
      image = spec.image();
      output = spec.output();
      inputGradient = new double[input.values().length()];
      weightGradient = new double[workspace.parameter("weight").length()];
      biasGradient = new double[spec.filters()];
    }

    private interface Term {
      /** Of output, value of the input and weight, each by its index. */
      void of(int y, int x, int w);
    }

    private void each(Term term) {
      for (int n = 0; n < workspace.rows(); n++) {
        for (int row = 0; row < output.height(); row++) {
          for (int column = 0; column < output.width(); column++) {
            for (int f = 0; f < spec.filters(); f++) {
              int y = ((n * output.height() + row) * output.width() + column) * spec.filters() + f;
              for (int ky = 0; ky < spec.kernel(); ky++) {
                for (int kx = 0; kx < spec.kernel(); kx++) {
                  int iy = row * spec.stride() + ky - spec.padding();
                  int ix = column * spec.stride() + kx - spec.padding();
                  if (iy < 0 || ix < 0 || iy >= image.height() || ix >= image.width()) {
                    continue;
                  }
                  for (int c = 0; c < image.channels(); c++) {
                    int x = ((n * image.height() + iy) * image.width() + ix) * image.channels() + c;
                    int w = ((ky * spec.kernel() + kx) * image.channels() + c) * spec.filters() + f;
                    term.of(y, x, w);
                  }
                }
              }
            }
          }
        }
      }
    }

    double[] forward() {
      var y = new double[workspace.rows() * output.values()];
      NativeBuffer weight = workspace.parameter("weight");
      NativeBuffer bias = workspace.parameter("bias");
      each((o, x, w) -> y[o] += (double) input.values().get(x) * weight.get(w));
      for (int o = 0; o < y.length; o++) {
        double z = y[o] + bias.get(o % spec.filters());
        y[o] =
            workspace.isPadding(o / output.values())
                ? 0
                : switch (spec.activation()) {
                  case "identity" -> z;
                  case "tanh" -> Math.tanh(z);
                  case "relu" -> Math.max(z, 0);
                  default -> 1 / (1 + Math.exp(-z));
                };
      }
      return y;
    }

    void backward(NativeBuffer above, NativeBuffer y) {
      var dz = new double[above.length()];
      for (int o = 0; o < dz.length; o++) {
        double value = y.get(o);
        double slope =
            switch (spec.activation()) {
              case "identity" -> 1;
              case "tanh" -> 1 - value * value;
              case "relu" -> Math.signum(value);
              default -> value * (1 - value);
            };
        dz[o] = above.get(o) * slope;
        biasGradient[o % spec.filters()] += dz[o];
      }
      NativeBuffer weight = workspace.parameter("weight");
      each(
          (o, x, w) -> {
            inputGradient[x] += dz[o] * weight.get(w);
            weightGradient[w] += dz[o] * input.values().get(x);
          });
    }
  }

  @Test
  void standsInTheJsonOfANetworkAndItsParametersAreCounted() {
    var image = new ImageShape(8, 6, 1);
    var first = new Convolution(image, 4, 3, 2, 1, "relu");
    var second = new Convolution(first.output(), 5, 3, 1, 0, "tanh");
    var spec =
        new NetworkSpec(
            List.of(new Values(48), first, second, new Recurrent(CellSpec.of("gru", 3))),
            new HeadSpec("classifier", 2));

    assertThat(NetworkSpec.fromJson(spec.toJson())).isEqualTo(spec);
    assertThat(spec.toJson().replaceAll("\\s", "").replace('"', '\''))
        .contains(
            "{'type':'convolution','image':{'height':8,'width':6,'channels':1},'filters':4,'kernel':3,"
                + "'stride':2,'padding':1,'activation':'relu'}");
    assertThat(second.output()).isEqualTo(new ImageShape(2, 1, 5));
    ParameterLayout layout = Network.layout(spec);
    assertThat(layout.slices().stream().map(ParameterLayout.Slice::name))
        .contains("convolution.0.weight", "convolution.0.bias", "convolution.1.weight");
    int convolutions = (9 + 1) * 4 + (9 * 4 + 1) * 5;
    int withoutThem =
        Network.layout(
                new NetworkSpec(
                    List.of(new Values(10), new Recurrent(CellSpec.of("gru", 3))),
                    new HeadSpec("classifier", 2)))
            .length();
    assertThat(layout.length()).isEqualTo(convolutions + withoutThem);
  }

  @Test
  void refusesWhatDoesNotFitTheImage() {
    var image = new ImageShape(8, 6, 1);
    assertThatThrownBy(() -> new Convolution(image, 4, 3, 2, 1, "relu").width(50))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("convolution: an image of 8 x 6 x 1 is 48 values, but a step has 50");
    assertThatThrownBy(() -> new Convolution(image, 4, 7, 2, 0, "relu"))
        .isInstanceOf(ValueException.class)
        .hasMessage("kernel = 7: must be from 1 to 6");
    assertThatThrownBy(() -> new Convolution(image, 4, 2, 1, 2, "relu"))
        .hasMessage("padding = 2: must be below the kernel's size, 2");
    assertThatThrownBy(() -> new Convolution(image, 4, 3, 1, 1, "swish"))
        .hasMessageContaining("activation = swish: must be one of");
    assertThatThrownBy(() -> new ImageShape(1 << 12, 1 << 12, 2))
        .hasMessage("image: 4096 x 4096 x 2 are more than 16777216 values");
  }
}
