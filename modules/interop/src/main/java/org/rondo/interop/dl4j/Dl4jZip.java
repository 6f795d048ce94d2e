package org.rondo.interop.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;
import org.rondo.ingest.StorageReason;

/**
 * The zips of DL4J's {@link ModelSerializer}.
 *
 * <p>Only configuration and parameters are read. What else a zip may hold is left alone: the
 * updater's state, a normalizer, and objects in Java serialization, which is never read.
 */
public final class Dl4jZip {
  private static final int LARGEST_CONFIGURATION = 1 << 24;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final ZipFile zip;

  private Dl4jZip(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /**
   * Reads a network.
   *
   * @return an initialized network with the zip's parameters and without updater state
   * @throws Dl4jZipException if the file is missing, broken, or no zip of a MultiLayerNetwork
   * @throws UnsupportedLayerException naming the first layer without a counterpart in Rondo
   */
  public static MultiLayerNetwork read(Path path) {
    try (var zip = new ZipFile(path.toFile())) {
      return new Dl4jZip(path, zip).network();
    } catch (IOException e) {
      throw new Dl4jZipException(
          String.format(Locale.ROOT, "dl4j: %s cannot be read: %s", path, reason(e)), e);
    }
  }

  /**
   * Writes a network as DL4J does, without updater state; what lay there before is replaced once
   * all is written.
   *
   * @throws Dl4jZipException if that fails; nothing is left of it
   */
  public static void write(MultiLayerNetwork network, Path path) {
    Path part =
        path.resolveSibling(
            String.format(Locale.ROOT, "%s.%s.part", path.getFileName(), UUID.randomUUID()));
    try {
      try {
        ModelSerializer.writeModel(network, part.toFile(), false);
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new Dl4jZipException(
          String.format(Locale.ROOT, "dl4j: %s cannot be written: %s", path, reason(e)), e);
    }
  }

  private static String reason(Throwable e) {
    return e instanceof EOFException ? "it ends too early" : StorageReason.of(e);
  }

  private MultiLayerNetwork network() {
    zip.stream().forEach(this::checkName);
    MultiLayerConfiguration configuration = configuration();
    int length = built(() -> Dl4jNetwork.mapping(configuration).length());
    float[] values = parameters(length);
    MultiLayerNetwork network = built(() -> initialized(configuration));
    network.setParams(Nd4j.create(values, new long[] {1, length}));
    return network;
  }

  /** What is made of a configuration, which DL4J reads though it lacks what a network needs. */
  private <T> T built(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (UnsupportedLayerException e) {
      throw e;
    } catch (NullPointerException e) {
      throw broken(
          ModelSerializer.CONFIGURATION_JSON, "no network: it lacks what a network needs", e);
    } catch (RuntimeException e) {
      throw broken(ModelSerializer.CONFIGURATION_JSON, "no network: " + firstCause(e), e);
    }
  }

  private static MultiLayerNetwork initialized(MultiLayerConfiguration configuration) {
    var network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** Nothing is unpacked to files, but whoever made such names meant harm. */
  private void checkName(ZipEntry entry) {
    String name = entry.getName();
    if (name.startsWith("/") || name.contains("\\") || name.contains("..")) {
      throw new Dl4jZipException(
          String.format(Locale.ROOT, "dl4j: %s holds an entry named '%s'", path, name));
    }
  }

  private MultiLayerConfiguration configuration() {
    String name = ModelSerializer.CONFIGURATION_JSON;
    byte[] bytes = entry(name, Dl4jZip::configurationBytes);
    JsonNode tree;
    try {
      tree = JSON.readTree(bytes);
    } catch (IOException e) {
      throw broken(name, "no JSON: " + e.getMessage(), e);
    }
    if (tree.has("vertices")) {
      throw broken(name, "a ComputationGraph; only a MultiLayerNetwork can be imported", null);
    }
    if (!hasLayers(tree)) {
      throw broken(name, "no layers", null);
    }
    try {
      return MultiLayerConfiguration.fromJson(new String(bytes, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      throw broken(name, "no configuration that DL4J reads: " + firstCause(e), e);
    }
  }

  private static byte[] configurationBytes(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_CONFIGURATION + 1);
    if (bytes.length > LARGEST_CONFIGURATION) {
      throw new IOException(
          String.format(Locale.ROOT, "more than %d bytes", LARGEST_CONFIGURATION));
    }
    return bytes;
  }

  /** DL4J reads a configuration without, and fails later. */
  private static boolean hasLayers(JsonNode configuration) {
    JsonNode confs = configuration.path("confs");
    boolean all = !confs.isEmpty();
    for (JsonNode conf : confs) {
      all &= conf.path("layer").isObject();
    }
    return all;
  }

  /** The first line of the innermost error; those around it guess. */
  private static String firstCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return reason(cause).lines().findFirst().orElseThrow();
  }

  private float[] parameters(int expected) {
    return entry(
        ModelSerializer.COEFFICIENTS_BIN,
        in -> {
          float[] values = Coefficients.read(in, expected);
          if (in.read() >= 0) {
            throw new IOException("more than its parameters");
          }
          return values;
        });
  }

  /** Takes all bytes of an entry, or throws. */
  private interface EntryReader<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** What a reader makes of an entry whose bytes are those that its checksum was taken of. */
  private <T> T entry(String name, EntryReader<T> reader) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new Dl4jZipException(
          String.format(
              Locale.ROOT, "dl4j: %s has no %s: not written by ModelSerializer", path, name));
    }
    try (InputStream bytes = zip.getInputStream(entry)) {
      var checked = new CheckedInputStream(bytes, new CRC32());
      T value = reader.read(new DataInputStream(new BufferedInputStream(checked)));
      if (checked.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException("its checksum is not that of its bytes");
      }
      return value;
    } catch (IOException e) {
      throw broken(name, reason(e), e);
    }
  }

  private Dl4jZipException broken(String entry, String what, Throwable cause) {
    return new Dl4jZipException(
        String.format(Locale.ROOT, "dl4j: %s: %s: %s", path, entry, what), cause);
  }
}
