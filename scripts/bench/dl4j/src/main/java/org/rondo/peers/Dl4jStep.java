package org.rondo.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Tokens per second of DL4J's whole training step, as the peer of Rondo's step benchmark, on random
 * tokens; see {@link Model}.
 *
 * <p>Usage: {@code Dl4jStep CONFIG WINDOWS SECONDS WARM_UP} with OMP_NUM_THREADS=1. Prints one line.
 */
public final class Dl4jStep {
  private static final int MINIBATCHES = 4;

  private Dl4jStep() {}

  /** Measures one configuration. */
  public static void main(String[] arguments) throws IOException {
    Model model = Model.named(arguments[0]);
    var windows = new double[Integer.parseInt(arguments[1])];
    double seconds = Double.parseDouble(arguments[2]);
    MultiLayerNetwork network = model.network();
    var random = new Random(1);
    var minibatches = new DataSet[MINIBATCHES];
    Arrays.setAll(minibatches, i -> model.minibatch(random));
    window(network, minibatches, model, Double.parseDouble(arguments[3]));
    for (int i = 0; i < windows.length; i++) {
      windows[i] = window(network, minibatches, model, seconds);
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

  private static double window(
      MultiLayerNetwork network, DataSet[] minibatches, Model model, double seconds) {
    long begin = System.nanoTime();
    int steps = 0;
    while (steps < 2 || System.nanoTime() - begin < seconds * 1e9) {
      network.fit(minibatches[steps++ % MINIBATCHES]);
    }
    double tokens = (double) steps * model.tokens();
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
