package org.rondo.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.Sha256;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskReference;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;
import org.rondo.training.storage.Safetensors;

final class TrainedModelTest {
  @TempDir private Path run;

  private Features features;
  private NetworkSpec network;
  private float[] parameters;
  private Path checkpoint;

  @BeforeEach
  void writeACheckpoint() throws IOException {
    Task task = Task.ALL.named("classification");
    TaskSettings settings = new TaskSettings(task.name(), TaskReference.defaults(task));
    Fitting fitting = task.fitting(settings);
    fitting.add(new Example("1", Map.of("text", "a lovely film", "label", "good")));
    fitting.add(new Example("2", Map.of("text", "a dull film", "label", "bad")));
    features = fitting.features();
    network =
        features.network(new RecurrentStack(CellSpec.of("lstm", 8), 1, 0, false, true), settings);
    parameters = Network.initialParameters(network, 3);
    checkpoint = written("best-round-000007", features.toJson(), 3, parameters);
    Files.createDirectories(run.resolve("checkpoints/best-round-000009")); // not written to its end
  }

  private Path written(String name, String json, int version, float[] values) throws IOException {
    Path folder = run.resolve("checkpoints/" + name);
    Files.createDirectories(folder);
    var tensors = new ByteArrayOutputStream();
    Safetensors.write(tensors, Map.of(), Network.layout(network), values);
    var entries = new ArrayList<String>();
    entries.add(file(folder, "network.json", network.toJson().getBytes(StandardCharsets.UTF_8)));
    entries.add(file(folder, Features.FILE, json.getBytes(StandardCharsets.UTF_8)));
    entries.add(file(folder, "parameters.safetensors", tensors.toByteArray()));
    String files = String.join(",", entries);
    Files.writeString(
        folder.resolve("manifest.json"), "{\"version\":" + version + ",\"files\":[" + files + "]}");
    return folder;
  }

  private static String file(Path folder, String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
    MessageDigest digest = Sha256.begin();
    digest.update(bytes);
    return "{\"name\":\"" + name + "\",\"sha256\":\"" + Sha256.end(digest) + "\"}";
  }

  @Test
  void keysOfPredictionAreThoseOfTheTask() {
    assertThatThrownBy(() -> TrainedModel.load(run, Map.of("beam", 5)))
        .hasMessage("classification.beam = 5: the keys that say how the network is asked are []");
  }

  @Test
  void predictionsAreThoseOfThePredictorFromAnyNumberOfThreads() {
    List<String> texts = List.of("a lovely film", "dull", "a film of a film, unseen words");
    try (var predictor =
            new Predictor(features, network, parameters, Kernels.best(), ElementType.FLOAT32, 1);
        TrainedModel model = TrainedModel.load(run)) {
      List<Object> expected =
          texts.stream()
              .map(text -> predictor.predict(new Example("row", Map.of("text", text))))
              .<Object>map(values -> values.get("probability"))
              .toList();
      assertThat(model.task()).isEqualTo("classification");
      assertThat(model.predict(Map.of("text", texts.get(0))))
          .containsOnlyKeys("prediction", "probability", "probabilities");

      List<Object> found =
          IntStream.range(0, 300)
              .parallel()
              .mapToObj(i -> model.predict(Map.of("text", texts.get(i % 3))).get("probability"))
              .toList();

      for (int i = 0; i < 300; i++) {
        assertThat(found.get(i)).isEqualTo(expected.get(i % 3));
      }
    }
  }

  @Test
  void whatCannotBeUsedIsNamed() throws IOException {
    TrainedModel closed;
    try (TrainedModel model = TrainedModel.load(checkpoint)) {
      assertThatThrownBy(() -> model.predict(Map.of("words", "a film")))
          .isInstanceOf(BadExampleException.class)
          .hasMessage("row: column text has no value");
      closed = model;
    }
    assertThatThrownBy(() -> closed.predict(Map.of("text", "a film")))
        .hasMessage("serving: the model is closed");
    assertThatThrownBy(() -> TrainedModel.load(run.resolve("nowhere")))
        .hasMessageEndingWith("is neither a checkpoint nor a run's output folder with one");
    Files.writeString(checkpoint.resolve(Features.FILE), "{}");
    assertThatThrownBy(() -> TrainedModel.load(run))
        .hasMessageMatching("serving: .*features.json is damaged: its SHA-256 is .*");
    Files.delete(checkpoint.resolve(Features.FILE));
    assertThatThrownBy(() -> TrainedModel.load(run))
        .hasMessageMatching(".*features.json is missing");
  }

  @Test
  void whatOnlyLearningReadsIsPassedOver() {
    try (TrainedModel model = TrainedModel.load(run)) {
      Map<String, Object> expected = model.predict(Map.of("text", "a lovely film"));

      assertThat(model.predict(Map.of("text", "a lovely film", "label", "unheard of", "id", 7)))
          .isEqualTo(expected);
    }
  }

  @Test
  void newestWholeCheckpointOfARunIsTaken() throws IOException {
    float[] other = new float[parameters.length];
    Path newest = written("best-round-1000000", features.toJson(), 3, other);
    written("round-1000003", features.toJson(), 3, parameters);
    try (TrainedModel model = TrainedModel.load(run)) {
      assertThat(model.predict(Map.of("text", "a film")).get("probability")).isEqualTo(0.5);
    }
    Files.writeString(newest.resolve("network.json"), "{");
    try (TrainedModel model = TrainedModel.load(run);
        TrainedModel before = TrainedModel.load(checkpoint)) {
      Map<String, String> row = Map.of("text", "a film");
      assertThat(model.predict(row)).isEqualTo(before.predict(row));
    }
  }

  @Test
  void whatPredictsNoRowsIsRefusedWhenItIsLoaded() throws IOException {
    Path later = written("round-000003", features.toJson(), 4, parameters);
    assertThatThrownBy(() -> TrainedModel.load(later))
        .hasMessageEndingWith("manifest.json is of format version 4, this Rondo reads 3");
    Path detector = written("round-000004", detector(), 3, parameters);
    assertThatThrownBy(() -> TrainedModel.load(detector))
        .hasMessageStartingWith("serving: a model of task = anomaly scores events one after");
  }

  private static String detector() {
    Task task = Task.ALL.named("anomaly");
    double[] load = new Random(5).doubles(60).toArray();
    var statistics = new double[SeriesStatistics.FIELDS];
    SeriesStatistics.of(load, 1).write(statistics, 0);
    var piece = new HashMap<String, Object>();
    piece.put(WindowPlan.ID, "a");
    piece.put(WindowPlan.CUTOFF, "59");
    piece.put(WindowPlan.CHANNELS, List.of("load"));
    piece.put(WindowPlan.HISTORY, Arrays.copyOf(load, 59));
    piece.put(WindowPlan.FUTURE, Arrays.copyOfRange(load, 1, 60));
    piece.put(WindowPlan.STATISTICS, statistics);
    for (Column column : WindowPlan.COLUMNS) {
      piece.putIfAbsent(column.role(), new double[0]);
    }
    Fitting fitting = task.fitting(new TaskSettings(task.name(), TaskReference.defaults(task)));
    fitting.add(new Example("piece", piece));
    return fitting.features().toJson();
  }

  /** What such a JVM runs. */
  public static void main(String[] arguments) {
    try (TrainedModel model = TrainedModel.load(Path.of(arguments[0]))) {
      System.out.println(model.predict(Map.of("text", "a lovely film")).get("probability"));
    }
  }

  @Test
  void aJvmWithoutSparkAndHadoopPredictsTheSame() throws Exception {
    String jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> !jar.matches(".*(hadoop|/spark-|scala-library).*"))
            .collect(Collectors.joining(File.pathSeparator));
    Path errors = run.resolve("errors.txt");
    Process jvm =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-cp",
                jars,
                TrainedModelTest.class.getName(),
                run.toString())
            .redirectError(errors.toFile())
            .start();

    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(jvm.exitValue()).as(Files.readString(errors)).isZero();
    try (TrainedModel model = TrainedModel.load(run)) {
      Object here = model.predict(Map.of("text", "a lovely film")).get("probability");
      assertThat(printed.strip()).isEqualTo(String.valueOf(here));
    }
  }
}
