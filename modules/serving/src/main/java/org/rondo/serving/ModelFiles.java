package org.rondo.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.rondo.ingest.Sha256;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Features;
import org.rondo.tasks.Task;
import org.rondo.training.storage.Safetensors;

/**
 * What predicting needs of a checkpoint, read by the file system of the JVM.
 *
 * @param features what rows and scores mean
 */
record ModelFiles(Features features, NetworkSpec network, TrainedParameters trained) {
  private static final String MANIFEST = "manifest.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All of the network's parameters, as its layout says. */
  static final class TrainedParameters {
    private final float[] values;

    private TrainedParameters(float[] values) {
      this.values = values;
    }
  }

  float[] parameters() {
    return trained.values;
  }

  static ModelFiles read(Path folder) {
    Path checkpoint =
        Files.exists(folder.resolve(MANIFEST))
            ? folder
            : best(folder.resolve("checkpoints"))
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "serving: "
                                + folder
                                + " is neither a checkpoint nor a run's output folder with one"));
    try {
      JsonNode manifest = JSON.readTree(Files.readAllBytes(checkpoint.resolve(MANIFEST)));
      String features = text(checkpoint, Features.FILE, manifest);
      NetworkSpec network = NetworkSpec.fromJson(text(checkpoint, "network.json", manifest));
      byte[] tensors = bytes(checkpoint, "parameters.safetensors", manifest);
      float[] parameters =
          Safetensors.read(new ByteArrayInputStream(tensors), tensors.length)
              .values(Network.layout(network));
      Task task = Task.ALL.named(JSON.readTree(features).path("task").asText());
      return new ModelFiles(task.features(features), network, new TrainedParameters(parameters));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("serving: " + e.getFile() + " is missing", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "serving: cannot read %s: %s", checkpoint, e.getMessage()), e);
    }
  }

  /**
   * Of the folders of best checkpoints, which carry the number of their round, the last whole one.
   */
  private static Optional<Path> best(Path checkpoints) {
    if (!Files.isDirectory(checkpoints)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(checkpoints)) {
      return folders
          .filter(each -> each.getFileName().toString().matches("best-round-\\d+"))
          .filter(each -> Files.exists(each.resolve(MANIFEST)))
          .max(Comparator.comparing(each -> each.getFileName().toString()));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "serving: cannot read %s: %s", checkpoints, e.getMessage()),
          e);
    }
  }

  private static String text(Path checkpoint, String name, JsonNode manifest) throws IOException {
    return new String(bytes(checkpoint, name, manifest), StandardCharsets.UTF_8);
  }

  /** A file that the manifest lists, whose checksum fits. */
  private static byte[] bytes(Path checkpoint, String name, JsonNode manifest) throws IOException {
    Path file = checkpoint.resolve(name);
    for (JsonNode entry : manifest.path("files")) {
      if (entry.path("name").asText().equals(name)) {
        byte[] bytes = Files.readAllBytes(file);
        String expected = entry.path("sha256").asText();
        String found = sha256(bytes);
        if (!found.equals(expected)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "serving: %s is damaged: its SHA-256 is %s, its manifest says %s",
                  file,
                  found,
                  expected));
        }
        return bytes;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "serving: %s lists no %s%s",
            checkpoint.resolve(MANIFEST),
            name,
            name.equals(Features.FILE) ? "; language models predict nothing of rows" : ""));
  }

  private static String sha256(byte[] bytes) {
    MessageDigest digest = Sha256.begin();
    digest.update(bytes);
    return Sha256.end(digest);
  }
}
