package org.rondo.training.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.models.parameters.ParameterLayout;

class SafetensorsTest {
  private static final float[] VALUES = {1.5f, -2f, 3.25f, 4f, 5f, 6f, -0.125f};

  @TempDir Path folder;

  private static ParameterLayout layout() {
    var layout = new ParameterLayout();
    layout.add("weights", 2, 3);
    layout.add("bias", 1);
    return layout;
  }

  private static byte[] file() throws IOException {
    var out = new ByteArrayOutputStream();
    Safetensors.write(out, Map.of("round", "7"), layout(), VALUES);
    return out.toByteArray();
  }

  private static Safetensors read(byte[] file) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(file), file.length);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Safetensors read = read(file());

    assertThat(read.values(layout())).isEqualTo(VALUES);
    assertThat(read.metadata()).containsExactly(Map.entry("round", "7"));
  }

  @Test
  void dataBeginAtAMultipleOfEightBytes() throws IOException {
    byte[] file = file();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) bytes.getLong(0);

    assertThat((8 + header) % 8).isZero();
    assertThat(file).hasSize(8 + header + VALUES.length * 4);
    assertThat(new String(file, 8, header, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "{\"__metadata__\":{\"round\":\"7\"},"
                + "\"weights\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                + "\"bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}}");
    assertThat(bytes.getFloat(8 + header)).isEqualTo(1.5f);
  }

  @Test
  void tensorsAreFoundByNameInAnyOrder() throws IOException {
    var other = new ParameterLayout();
    other.add("bias", 1);
    other.add("weights", 2, 3);

    float[] values = read(file()).values(other);

    assertThat(values).containsExactly(-0.125f, 1.5f, -2f, 3.25f, 4f, 5f, 6f);
  }

  @Test
  void otherShapeIsRefused() throws IOException {
    var other = new ParameterLayout();
    other.add("weights", 3, 2);
    other.add("bias", 1);
    Safetensors read = read(file());

    assertThatThrownBy(() -> read.values(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("safetensors: weights has shape [2, 3], the network's has [3, 2]");
  }

  @Test
  void fileThatEndsEarlyIsRefused() throws IOException {
    byte[] half = Arrays.copyOf(file(), file().length - 10);

    assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(half), file().length))
        .isInstanceOf(IOException.class)
        .hasMessage("ends 10 bytes early");
  }

  /** Headers that no writer of the format makes; four bytes of data follow each. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'w':{'dtype':'F32','shape':[2000000000],'data_offsets':[0,8000000000]}}",
        "{'w':{'dtype':'F32','shape':[3000000000],'data_offsets':[0,12000000000]}}",
        "{'w':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,17179869184]}}",
        "{'w':{'dtype':'F32','shape':[-1,-1],'data_offsets':[0,4]}}",
        "{'w':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}",
        "{'w':{'dtype':'F32','shape':'1','data_offsets':[0,4]}}",
        "{'w':{'dtype':'F32','data_offsets':[0,4]}}",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,2]}}",
        "{'w':{'dtype':'F32','shape':[1]}}",
        "{'w':{'dtype':'F64','shape':[1],'data_offsets':[0,4]}}",
        "{'w':7}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
        "{'__metadata__':{'w':'1'}}",
        "{'w':",
        "[]"
      })
  void hostileHeaderIsRefused(String header) {
    assertThatThrownBy(() -> read(file(header))).isInstanceOf(IOException.class);
  }

  private static byte[] file(String header) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16", "F64", "F8_E4M3", "I64", "U8", "BOOL"})
  void tensorOfAnotherTypeIsNamed(String type) {
    String header = "{'w':{'dtype':'" + type + "','shape':[2],'data_offsets':[0,4]}}";

    assertThatThrownBy(() -> read(file(header)))
        .hasMessage(
            "safetensors: tensor w is of type %s, only F32 is read; PyTorch's .float() makes it",
            type);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 93, 1L << 33, Long.MAX_VALUE})
  void hostileHeaderLengthIsRefused(long length) {
    byte[] file = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessage("no safetensors file: a header of %d bytes in a file of 100", length);
  }

  @Test
  void archiveIsNoSafetensorsFile() throws IOException {
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("parameters.safetensors"));
      out.write(file());
    }

    assertThatThrownBy(() -> read(zip.toByteArray()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no safetensors file: a header of");
  }

  /** The format's own library reads it; skipped where Python does not have it. */
  @Test
  void pythonReadsTheSame() throws Exception {
    String python = Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");
    assumeTrue(
        run(python, "import safetensors, numpy") == 0,
        "no safetensors and numpy for " + python + "; set PYTHON to one that has them");
    Path file = Files.write(folder.resolve("x.safetensors"), file());

    int exit =
        run(
            python,
            "from safetensors import safe_open\n"
                + "f = safe_open(r'"
                + file
                + "', 'numpy')\n"
                + "assert f.metadata() == {'round': '7'}\n"
                + "assert f.get_tensor('weights').tolist() == [[1.5, -2, 3.25], [4, 5, 6]]\n"
                + "assert f.get_tensor('bias').tolist() == [-0.125]\n");

    assertThat(exit).isZero();
  }

  private static int run(String python, String program) throws InterruptedException {
    try {
      return new ProcessBuilder(python, "-c", program)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
