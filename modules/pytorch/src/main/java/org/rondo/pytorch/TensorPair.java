package org.rondo.pytorch;

import java.util.List;

/** A parameter of Rondo's, and the tensors of PyTorch's that hold the same. */
interface TensorPair {
  /** One of PyTorch's tensors. */
  record Tensor(String name, List<Integer> shape) {}

  /** The tensors that are written. */
  List<Tensor> tensors();

  /**
   * Whether a file may come without these tensors: biases of modules that were made without them,
   * which count as zeros.
   */
  boolean optional();

  /** From Rondo's vector to PyTorch's. */
  void write(Tensors rondo, Tensors pytorch);

  /** From PyTorch's vector to Rondo's. */
  void read(Tensors pytorch, Tensors rondo);
}
