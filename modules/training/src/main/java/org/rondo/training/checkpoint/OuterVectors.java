package org.rondo.training.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Files;
import org.rondo.training.storage.Require;
import org.rondo.training.storage.Safetensors;
import org.rondo.training.storage.Storage;

/**
 * Several vectors in the layout of the parameters as one file of a checkpoint: tensors named {@code
 * 0.embedding.weight}, {@code 1.embedding.weight} and so on.
 */
final class OuterVectors {
  static final String NAME = "outer.safetensors";

  private OuterVectors() {}

  /** Writes what stands before the values of so many vectors, which are to follow one by one. */
  static void writeHeader(OutputStream out, ParameterLayout layout, int count) throws IOException {
    Safetensors.writeHeader(out, Map.of(), repeated(layout, count));
  }

  /** Reads as many as were written. */
  static List<float[]> read(Storage folder, FileEntry entry, ParameterLayout layout, int count) {
    ParameterLayout all = repeated(layout, count);
    float[] flat =
        Files.read(folder, entry, (in, bytes) -> Safetensors.read(in, bytes).values(all));
    requireNumbers(folder, flat);
    var vectors = new ArrayList<float[]>();
    for (int i = 0; i < count; i++) {
      vectors.add(Arrays.copyOfRange(flat, i * layout.length(), (i + 1) * layout.length()));
    }
    return vectors;
  }

  private static void requireNumbers(Storage folder, float[] flat) {
    for (float value : flat) {
      Require.intact(
          !Float.isNaN(value),
          String.format(Locale.ROOT, "checkpoint: %s holds NaN", folder.path(NAME)));
    }
  }

  private static ParameterLayout repeated(ParameterLayout layout, int count) {
    var all = new ParameterLayout();
    for (int i = 0; i < count; i++) {
      for (ParameterLayout.Slice slice : layout.slices()) {
        int[] shape = slice.shape().stream().mapToInt(Integer::intValue).toArray();
        all.add(String.format(Locale.ROOT, "%d.%s", i, slice.name()), shape);
      }
    }
    return all;
  }
}
