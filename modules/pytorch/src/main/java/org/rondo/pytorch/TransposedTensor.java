package org.rondo.pytorch;

import java.util.List;

/**
 * A weight, {@code (I,O)} as Rondo multiplies by it and {@code (O,I)} as PyTorch does. Gates stand
 * in the same order in both, i, f, g, o of an LSTM and r, z, n of a GRU.
 */
record TransposedTensor(String parameter, int inputs, int outputs, String name)
    implements TensorPair {
  @Override
  public List<Tensor> tensors() {
    return List.of(new Tensor(name, List.of(outputs, inputs)));
  }

  @Override
  public boolean optional() {
    return false;
  }

  @Override
  public void write(Tensors rondo, Tensors pytorch) {
    pytorch.put(name, transposed(rondo.get(parameter), inputs, outputs));
  }

  @Override
  public void read(Tensors pytorch, Tensors rondo) {
    rondo.put(parameter, transposed(pytorch.get(name), outputs, inputs));
  }

  private static float[] transposed(float[] from, int rows, int columns) {
    var to = new float[from.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = from[i * columns + j];
      }
    }
    return to;
  }
}
