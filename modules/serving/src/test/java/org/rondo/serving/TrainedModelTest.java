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
import java.util.List;
import java.util.Map;
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
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskReference;
import org.rondo.tasks.TaskSettings;
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
    checkpoint = run.resolve("checkpoints/best-round-000007");
    Files.createDirectories(checkpoint);
    Files.createDirectories(run.resolve("checkpoints/best-round-000009")); // not written to its end
    var tensors = new ByteArrayOutputStream();
    Safetensors.write(tensors, Map.of(), Network.layout(network), parameters);
    var entries = new ArrayList<String>();
    entries.add(file("network.json", network.toJson().getBytes(StandardCharsets.UTF_8)));
    entries.add(file(Features.FILE, features.toJson().getBytes(StandardCharsets.UTF_8)));
    entries.add(file("parameters.safetensors", tensors.toByteArray()));
    Files.writeString(
        checkpoint.resolve("manifest.json"), "{\"files\":[" + String.join(",", entries) + "]}");
  }

  private String file(String name, byte[] bytes) throws IOException {
    Files.write(checkpoint.resolve(name), bytes);
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
