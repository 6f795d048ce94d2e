package org.rondo.tasks.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.rondo.tasks.forecasting.ForecastWindows.fitted;
import static org.rondo.tasks.forecasting.ForecastWindows.settings;
import static org.rondo.tasks.forecasting.ForecastWindows.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.forecasts.ErrorQuantiles;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.SeriesStatistics;

/**
 * Metrics and intervals of random forecasts against scikit-learn, TorchMetrics and NumPy, where a
 * Python can import them. Rondo has them of scaled float32 numbers, Python of the data.
 */
class ForecastReferenceTest {
  private static final String PYTHON = System.getenv().getOrDefault("PYTHON", "python3");
  private static final Path SCRIPT = Path.of("..", "..", "scripts", "check-forecasts.py");
  private static final int SERIES = 7;
  private static final int WINDOWS = 60;
  private static final int SEASON = 3;
  private static final int LEVEL = 80;

  /** Level and deviation of a series: some are far from 0, some are on both sides of it. */
  private static double value(int series, Random random) {
    double deviation = Math.pow(10, series % 4 - 1);
    return (series % 2 == 0 ? 5 * deviation : 0) + deviation * random.nextGaussian();
  }

  private static double[] values(int count, int series, Random random) {
    return DoubleStream.generate(() -> value(series, random)).limit(count).toArray();
  }

  private static String words(double... numbers) {
    return DoubleStream.of(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }

  @Test
  void figuresOfRandomForecastsAreTheSame() throws IOException, InterruptedException {
    assumeTrue(run("-c", "import sklearn, torchmetrics"), PYTHON + " cannot import both");
    var random = new Random(11);
    var text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "season %d level %d%n", SEASON, LEVEL));
    var windows = new ArrayList<Example>();
    for (int s = 0; s < SERIES; s++) {
      double[] training = values(50 + s, s, random);
      text.append("train s").append(s).append(' ').append(words(training)).append('\n');
      var statistics = new double[SeriesStatistics.FIELDS];
      SeriesStatistics.of(training, SEASON).write(statistics, 0);
      for (int w = 0; w < WINDOWS; w++) {
        double[] history = values(4, s, random);
        windows.add(window("s" + s, List.of("y"), history, values(2, s, random), statistics));
      }
    }
    Features features =
        fitted(
            settings("loss", "quantile", "level", "" + LEVEL, "season", "" + SEASON),
            windows.toArray(Example[]::new));
    ForecastLayout layout = features.forecasts().orElseThrow();
    var metrics = new ArrayList<>(features.metrics());
    metrics.add(new ErrorQuantiles(layout));
    List<double[]> sums = metrics.stream().map(metric -> new double[metric.sums()]).toList();
    for (Example window : windows) {
      var scores = new float[features.shape().outputs()];
      for (int i = 0; i < layout.forecasts(); i++) {
        scores[i] = (float) random.nextGaussian();
      }
      Sequence sequence = features.encode(window);
      var predictions =
          new Predictions(
              new int[] {0}, new int[0], scores.length, scores, sequence.valueTargets());
      for (int m = 0; m < metrics.size(); m++) {
        metrics.get(m).add(predictions, sums.get(m));
      }
      Map<String, Object> forecast = features.decoder().decode(window, predictions);
      text.append("window ").append(window.text("id")).append(' ');
      text.append(words(window.numbers("future")));
      for (String column : List.of("forecast", "lower_" + LEVEL, "upper_" + LEVEL)) {
        text.append(' ').append(words((double[]) forecast.get(column)));
      }
      text.append('\n');
    }
    Path folder = Files.createDirectories(Path.of("target", "forecasts"));
    Path series = Files.writeString(folder.resolve("series.txt"), text);
    Path figures = folder.resolve("figures.txt");
    assertThat(run(SCRIPT.toString(), series.toString(), figures.toString())).isTrue();
    compare(figures(figures), metrics, sums, folder.resolve("compare.txt"));
  }

  private static Map<String, Double> figures(Path file) throws IOException {
    var figures = new HashMap<String, Double>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", -1);
      figures.put(words[0], Double.parseDouble(words[1]));
    }
    return figures;
  }

  private static void compare(
      Map<String, Double> expected, List<Metric> metrics, List<double[]> sums, Path report)
      throws IOException {
    double largest = 0;
    int compared = 0;
    for (int m = 0; m < metrics.size() - 1; m++) {
      Metric metric = metrics.get(m);
      if (!metric.name().contains("naive")) {
        double of = expected.get(metric.name());
        double value = metric.value(sums.get(m));
        assertThat(value).as(metric.name()).isCloseTo(of, within(1e-5 * Math.abs(of)));
        largest = Math.max(largest, Math.abs(value / of - 1));
        compared++;
      }
    }
    Metric errors = metrics.get(metrics.size() - 1);
    Map<String, Double> sizes = errors.details(sums.get(metrics.size() - 1));
    for (int level : List.of(50, 80, 95)) {
      for (int step = 0; step < 2; step++) {
        double of = expected.get("error-" + level + "-" + step);
        // Bins are 1 % wide, and a size is the upper edge of its bin.
        assertThat(sizes.get(ErrorQuantiles.detail(level, step)))
            .isBetween(of * 0.999999, of * 1.0101);
      }
    }
    Files.writeString(
        report,
        String.format(
            Locale.ROOT,
            "%d metrics of %d windows: within %.1e of the reference, relatively; 6 sizes of intervals: 0 to 1 %% above%n",
            compared,
            SERIES * WINDOWS,
            largest));
  }

  private static boolean run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(PYTHON));
    command.addAll(Arrays.asList(arguments));
    try {
      Files.createDirectories(Path.of("target"));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target", "check-forecasts.log").toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }
}
