package org.rondo.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondo.kernels.NativeBuffer;

/** The folder of a case for scripts/check-pytorch.py. */
public final class PytorchTensors {
  private final Path folder;
  private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();

  /** Makes the folder. */
  public PytorchTensors(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Writes a tensor. */
  public void write(String name, NativeBuffer values, List<Integer> shape) throws IOException {
    write(name, values.toArray(), shape);
  }

  /** Writes a tensor. */
  public void write(String name, float[] values, List<Integer> shape) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(folder.resolve(name + ".bin"), bytes.array());
    shapes.put(name, shape);
  }

  /** Writes what the case is, with the shapes of all tensors, last. */
  public void describe(Map<String, Object> about) throws IOException {
    var all = new LinkedHashMap<>(about);
    all.put("tensors", shapes);
    Files.writeString(folder.resolve("case.json"), new ObjectMapper().writeValueAsString(all));
  }
}
