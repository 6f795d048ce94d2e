package org.rondo.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * Tokens per second of DL4J's whole training step, as the peer of Rondo's step benchmark: embedding,
 * two LSTM layers, softmax cross entropy, clipping, SGD, random tokens, float32. Differences, all of
 * them less work for DL4J: hidden state is not carried, and gradients are clipped per layer, since
 * DL4J has no clipping by global norm.
 *
 * <p>Usage: {@code Dl4jStep CONFIG WINDOWS SECONDS WARM_UP} with OMP_NUM_THREADS=1. Prints one line.
 */
public final class Dl4jStep {
  private static final int LAYERS = 2;
  private static final int MINIBATCHES = 4;

  private record Shape(int vocabulary, int units, int batch, int unroll) {}

  private static final Map<String, Shape> SHAPES =
      Map.of(
          "S", new Shape(10_000, 200, 20, 20),
          "M", new Shape(10_000, 650, 20, 35),
          "C", new Shape(65, 512, 50, 50),
          "C128", new Shape(65, 128, 50, 50));

  private Dl4jStep() {}

  /** Measures one configuration. */
  public static void main(String[] arguments) throws IOException {
    Shape shape = SHAPES.get(arguments[0]);
    var windows = new double[Integer.parseInt(arguments[1])];
    double seconds = Double.parseDouble(arguments[2]);
    MultiLayerNetwork network = network(shape);
    var random = new Random(1);
    var minibatches = new DataSet[MINIBATCHES];
    Arrays.setAll(minibatches, i -> minibatch(shape, random));
    window(network, minibatches, shape, Double.parseDouble(arguments[3]));
    for (int i = 0; i < windows.length; i++) {
      windows[i] = window(network, minibatches, shape, seconds);
    }
    String rates =
        Arrays.stream(windows)
            .mapToObj(rate -> String.format(Locale.ROOT, "%.0f", rate))
            .collect(Collectors.joining(","));
    System.out.println(
        String.join(
            "\t",
            "step",
            "implementation=dl4j",
            "kernels=" + jar(MultiLayerNetwork.class),
            "configuration=" + arguments[0],
            "precision=float32",
            "mode=training",
            "tasks=1",
            "resident_mb=" + peakResidentMegabytes(),
            "windows=" + rates));
  }

  /** Name and version as the file has them; the manifest has none. */
  private static String jar(Class<?> loaded) {
    String path = loaded.getProtectionDomain().getCodeSource().getLocation().getPath();
    return path.substring(path.lastIndexOf('/') + 1).replace(".jar", "");
  }

  private static MultiLayerNetwork network(Shape shape) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(DataType.FLOAT)
            .updater(new Sgd(0.1))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(5)
            .list()
            .layer(
                new EmbeddingSequenceLayer.Builder()
                    .nIn(shape.vocabulary)
                    .nOut(shape.units)
                    .inputLength(shape.unroll)
                    .build());
    for (int i = 0; i < LAYERS; i++) {
      layers.layer(
          new LSTM.Builder()
              .dataFormat(RNNFormat.NCW)
              .nIn(shape.units)
              .nOut(shape.units)
              .activation(Activation.TANH)
              .build());
    }
    layers.layer(
        new RnnOutputLayer.Builder(new LossSparseMCXENT())
            .dataFormat(RNNFormat.NCW)
            .nIn(shape.units)
            .nOut(shape.vocabulary)
            .activation(Activation.SOFTMAX)
            .build());
    var network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  /** Ids and targets, both {@code (B,1,T)}; one-hot targets are no faster and take more memory. */
  private static DataSet minibatch(Shape shape, Random random) {
    INDArray ids = Nd4j.create(DataType.FLOAT, shape.batch, 1, shape.unroll);
    INDArray targets = Nd4j.create(DataType.FLOAT, shape.batch, 1, shape.unroll);
    for (int b = 0; b < shape.batch; b++) {
      for (int t = 0; t < shape.unroll; t++) {
        ids.putScalar(b, 0, t, random.nextInt(shape.vocabulary));
        targets.putScalar(b, 0, t, random.nextInt(shape.vocabulary));
      }
    }
    return new DataSet(ids, targets);
  }

  private static double window(
      MultiLayerNetwork network, DataSet[] minibatches, Shape shape, double seconds) {
    long begin = System.nanoTime();
    int steps = 0;
    while (steps < 2 || System.nanoTime() - begin < seconds * 1e9) {
      network.fit(minibatches[steps++ % MINIBATCHES]);
    }
    double tokens = (double) steps * shape.batch * shape.unroll;
    return tokens * 1e9 / (System.nanoTime() - begin);
  }

  private static long peakResidentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
