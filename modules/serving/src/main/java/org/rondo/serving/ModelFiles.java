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
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rondo.ingest.Sha256;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Features;
import org.rondo.tasks.Task;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.storage.Safetensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What predicting needs of a checkpoint, read by the file system of the JVM.
 *
 * @param features what rows and scores mean
 */
record ModelFiles(Features features, NetworkSpec network, TrainedParameters trained) {
  private static final String MANIFEST = "manifest.json";
  private static final Pattern CHECKPOINT = Pattern.compile("(best-)?round-\\d{6,9}");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(ModelFiles.class);

  /** A file of a checkpoint that is missing or not as it was written. */
  private static final class DamagedFile extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    DamagedFile(String message, Exception cause) {
      super(message, cause);
    }
  }

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

  /**
   * Reads a checkpoint's folder, or of a run's output folder the best checkpoint, or, before its
   * first evaluation, the newest one. Of a run's checkpoints one that is damaged, or that the run
   * deletes meanwhile, is passed over for the one before it.
   *
   * @throws IllegalArgumentException if there is none, or none is whole
   */
  static ModelFiles read(Path folder) {
    if (Files.exists(folder.resolve(MANIFEST))) {
      return readCheckpoint(folder);
    }
    IllegalArgumentException problem = null;
    for (Path checkpoint : newestFirst(folder.resolve("checkpoints"))) {
      try {
        ModelFiles files = readCheckpoint(checkpoint);
        if (problem != null) {
          LOG.warn("{}; {} is taken instead", problem.getMessage(), checkpoint);
        }
        return files;
      } catch (DamagedFile e) {
        problem = problem == null ? e : problem;
      }
    }
    throw problem != null
        ? problem
        : new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "serving: %s is neither a checkpoint nor a run's output folder with one",
                folder));
  }

  private static ModelFiles readCheckpoint(Path checkpoint) {
    try {
      JsonNode manifest = manifest(checkpoint.resolve(MANIFEST));
      String features = text(checkpoint, Features.FILE, manifest);
      NetworkSpec network = NetworkSpec.fromJson(text(checkpoint, "network.json", manifest));
      byte[] tensors = bytes(checkpoint, "parameters.safetensors", manifest);
      float[] parameters =
          Safetensors.read(new ByteArrayInputStream(tensors), tensors.length)
              .values(Network.layout(network));
      Task task = Task.ALL.named(JSON.readTree(features).path("task").asText());
      return new ModelFiles(task.features(features), network, new TrainedParameters(parameters));
    } catch (NoSuchFileException e) {
      throw new DamagedFile("serving: " + e.getFile() + " is missing", e);
    } catch (IOException e) {
      throw new DamagedFile(
          String.format(Locale.ROOT, "serving: cannot read %s: %s", checkpoint, e.getMessage()), e);
    }
  }

  private static JsonNode manifest(Path file) throws IOException {
    JsonNode manifest = JSON.readTree(Files.readAllBytes(file));
    int version = manifest.path("version").asInt();
    if (version != Checkpoint.VERSION) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "serving: %s is of format version %s, this Rondo reads %d",
              file,
              manifest.path("version").asText(),
              Checkpoint.VERSION));
    }
    return manifest;
  }

  /** The folders of whole checkpoints, best ones first, of either kind the newest first. */
  private static List<Path> newestFirst(Path checkpoints) {
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(checkpoints)) {
      return folders
          .filter(each -> CHECKPOINT.matcher(name(each)).matches())
          .filter(each -> Files.exists(each.resolve(MANIFEST)))
          .sorted(
              Comparator.comparing((Path each) -> !name(each).startsWith("best-"))
                  .thenComparing(each -> -round(each)))
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "serving: cannot read %s: %s", checkpoints, e.getMessage()),
          e);
    }
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private static int round(Path folder) {
    String name = name(folder);
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
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
          throw new DamagedFile(
              String.format(
                  Locale.ROOT,
                  "serving: %s is damaged: its SHA-256 is %s, its manifest says %s",
                  file,
                  found,
                  expected),
              null);
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
