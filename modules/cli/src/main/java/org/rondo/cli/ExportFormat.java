package org.rondo.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.onnx.OnnxExport;
import org.rondo.pytorch.PytorchWeights;
import org.rondo.runs.SettingsException;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.storage.Safetensors;

/** What {@code rondo export} writes. */
enum ExportFormat {
  /** A model that computes. */
  ONNX {
    @Override
    byte[] of(Checkpoint trained) {
      return OnnxExport.of(trained.network(), trained.parameters());
    }
  },
  /** Weights for modules of PyTorch's, in safetensors. */
  PYTORCH {
    @Override
    byte[] of(Checkpoint trained) throws IOException {
      var weights = new PytorchWeights(trained.network());
      var bytes = new ByteArrayOutputStream();
      float[] values = weights.exported(trained.parameters());
      // Readers of safetensors ask for the library whose tensors these are.
      Safetensors.write(bytes, Map.of("format", "pt"), weights.tensors(), values);
      return bytes.toByteArray();
    }
  };

  /** The bytes of the file. */
  abstract byte[] of(Checkpoint trained) throws IOException;

  /** As it is called on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ExportFormat named(String word) {
    List<String> words = Arrays.stream(values()).map(ExportFormat::word).toList();
    int at = words.indexOf(word);
    if (at < 0) {
      throw new SettingsException(
          String.format(Locale.ROOT, "--format %s: must be one of %s", word, words));
    }
    return values()[at];
  }
}
