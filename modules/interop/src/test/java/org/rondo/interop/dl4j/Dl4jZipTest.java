package org.rondo.interop.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Dl4jZipTest {
  @TempDir Path folder;
  private MultiLayerNetwork network;
  private Path zip;

  @BeforeEach
  void writeZip() {
    network = new MultiLayerNetwork(Configurations.languageModel());
    network.init();
    zip = folder.resolve("model.zip");
    Dl4jZip.write(network, zip);
  }

  private Map<String, byte[]> entries() throws IOException {
    var entries = new LinkedHashMap<String, byte[]>();
    try (InputStream file = Files.newInputStream(zip);
        var in = new ZipInputStream(file)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  /** The zip with one entry put in place of another, or added. */
  private void replace(String name, byte[] bytes) throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put(name, bytes);
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> Dl4jZip.read(zip))
        .isInstanceOf(Dl4jZipException.class)
        .hasMessageContaining(zip.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void readsWhatDl4jWritesWithUpdaterState() throws IOException {
    ModelSerializer.writeModel(network, zip.toFile(), true);
    assertThat(Dl4jZip.read(zip).params()).isEqualTo(network.params());
  }

  @Test
  void readsParametersAsOlderReleasesWroteThem() throws IOException {
    float[] values = network.params().toFloatVector();
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    int[] shape = {2, 1, values.length, 1, 1, 0, 1, 'f'};
    writeHeader(out, shape.length, "INT");
    for (int number : shape) {
      out.writeInt(number);
    }
    writeHeader(out, values.length, "DOUBLE");
    for (float value : values) {
      out.writeDouble(value);
    }
    replace("coefficients.bin", bytes.toByteArray());
    assertThat(Dl4jZip.read(zip).params()).isEqualTo(network.params());
  }

  private static void writeHeader(DataOutputStream out, int length, String type)
      throws IOException {
    out.writeUTF("JAVACPP");
    out.writeInt(length);
    out.writeUTF(type);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(zip);
    refused("cannot be read", "it does not exist");
  }

  @Test
  void filesThatAreNoZipAreRefused() throws IOException {
    Files.writeString(zip, "no zip");
    refused("cannot be read", "zip END header not found");
  }

  @Test
  void truncatedZipsAreRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));
    refused("cannot be read", "zip END header not found");
  }

  @Test
  void zipsOfSomethingElseAreRefused() throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("readme.txt"));
    }
    refused("has no configuration.json", "not written by ModelSerializer");
  }

  @Test
  void brokenConfigurationsAreRefused() throws IOException {
    replace("configuration.json", "{ \"confs\" : [".getBytes(StandardCharsets.UTF_8));
    refused("configuration.json: no JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "3", "[]", "{}", "{'confs':[]}", "{'confs':[{}, {}]}"})
  void configurationsWithoutLayersAreRefused(String json) throws IOException {
    replace("configuration.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    refused("configuration.json: no layers");
  }

  @Test
  void configurationsOfUnknownClassesAreRefused() throws IOException {
    String json = new String(entries().get("configuration.json"), StandardCharsets.UTF_8);
    replace(
        "configuration.json",
        json.replace("EmbeddingSequenceLayer", "NobodysLayer").getBytes(StandardCharsets.UTF_8));
    refused("configuration.json: no configuration that DL4J reads", "NobodysLayer");
  }

  @Test
  void computationGraphsAreRefused() throws IOException {
    var graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "in")
                .setOutputs("out")
                .build());
    graph.init();
    ModelSerializer.writeModel(graph, zip.toFile(), false);
    refused("a ComputationGraph; only a MultiLayerNetwork can be imported");
  }

  @Test
  void truncatedParametersAreRefused() throws IOException {
    byte[] bytes = entries().get("coefficients.bin");
    replace("coefficients.bin", Arrays.copyOf(bytes, bytes.length - 2));
    refused("coefficients.bin: it ends too early");
  }

  /** Before memory for so many is asked for. */
  @Test
  void parametersThatAreOnlyClaimedAreNotWaitedFor() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    writeHeader(out, 0, "INT");
    writeHeader(out, (int) network.numParams(), "FLOAT");
    replace("coefficients.bin", bytes.toByteArray());
    refused("coefficients.bin: it ends too early");
  }

  @Test
  void noMemoryIsAskedForBeforeParametersAreThere() throws IOException {
    int many = Integer.MAX_VALUE - 8; // the longest array, of 8 GB
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    writeHeader(out, 0, "INT");
    writeHeader(out, many, "FLOAT");
    var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThatThrownBy(() -> Coefficients.read(in, many)).isInstanceOf(EOFException.class);
  }

  @Test
  void parametersBehindTheLastAreRefused() throws IOException {
    byte[] bytes = entries().get("coefficients.bin");
    replace("coefficients.bin", Arrays.copyOf(bytes, bytes.length + 4));
    refused("coefficients.bin", "more than its parameters");
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() throws IOException {
    var other = new MultiLayerNetwork(Configurations.draw(4, true));
    other.init();
    byte[] mine = entries().get("configuration.json");
    ModelSerializer.writeModel(other, zip.toFile(), false);
    replace("configuration.json", mine);
    refused(
        "coefficients.bin",
        "%d parameters, configuration.json describes %d"
            .formatted(other.numParams(), network.numParams()));
  }

  @Test
  void aFlippedBitIsFound() throws IOException {
    byte[] bytes = entries().get("coefficients.bin");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(0);
      for (String name : new String[] {"configuration.json", "coefficients.bin"}) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.equals("coefficients.bin") ? bytes : json());
      }
    }
    byte[] stored = Files.readAllBytes(zip);
    stored[indexOf(stored, bytes) + bytes.length - 1] ^= 1;
    Files.write(zip, stored);
    refused("coefficients.bin", "its checksum is not that of its bytes");
  }

  /** In whatever byte: of the entries, of what stands before them, of the zip's directory. */
  @Test
  void aFlippedBitIsRefusedOrChangesNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(zip);
    int refused = 0;
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << at % Byte.SIZE);
      Files.write(zip, flipped);
      refused += refusedOrSame("byte %d of %d".formatted(at, bytes.length)) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(bytes.length / 2);
  }

  private boolean refusedOrSame(String where) {
    try {
      MultiLayerNetwork read = Dl4jZip.read(zip);
      assertThat(read.getLayerWiseConfigurations())
          .as(where)
          .isEqualTo(network.getLayerWiseConfigurations());
      assertThat(read.params()).as(where).isEqualTo(network.params());
      return false;
    } catch (Dl4jZipException e) {
      assertThat(e).as(where).hasMessageContaining(zip.toString());
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimizationAlgo", "weightInitFn"})
  void configurationsThatLackWhatANetworkNeedsAreRefused(String key) throws IOException {
    replace("configuration.json", without(key));
    refused("configuration.json: no network: it lacks what a network needs");
  }

  @Test
  void aLayerWithoutLossIsNamed() throws IOException {
    replace("configuration.json", without("lossFn"));
    assertThatThrownBy(() -> Dl4jZip.read(zip))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContaining("(RnnOutputLayer): no loss; give it one");
  }

  /** The configuration with another name in place of a key's. */
  private byte[] without(String key) {
    String json = network.getLayerWiseConfigurations().toJson();
    assertThat(json).contains(key);
    return json.replace(key, "no").getBytes(StandardCharsets.UTF_8);
  }

  private byte[] json() {
    return network.getLayerWiseConfigurations().toJson().getBytes(StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int at = 0; ; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
  }

  @Test
  void entriesOutsideOfTheZipAreRefused() throws IOException {
    replace("../outside", new byte[1]);
    refused("holds an entry named '../outside'");
  }

  @Test
  void serializedObjectsAreNotRead() throws IOException {
    replace("preprocessor.bin", "no object".getBytes(StandardCharsets.UTF_8));
    assertThat(Dl4jZip.read(zip).params()).isEqualTo(network.params());
  }

  @Test
  void aWriteThatFailsLeavesWhatWasThere() throws IOException {
    Path before = zip.resolve("in the way");
    Files.delete(zip);
    Files.createDirectories(before);
    assertThatThrownBy(() -> Dl4jZip.write(network, zip))
        .isInstanceOf(Dl4jZipException.class)
        .hasMessageContaining(zip + " cannot be written");
    assertThat(before).exists();
    assertThat(folder.toFile().list()).containsExactly("model.zip");
  }

  @Test
  void writingLeavesNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(zip);
    }
  }
}
