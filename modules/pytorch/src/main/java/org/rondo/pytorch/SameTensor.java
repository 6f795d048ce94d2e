package org.rondo.pytorch;

import java.util.List;

/** A table or a bias, which both hold alike. */
record SameTensor(String parameter, Tensor tensor, boolean optional) implements TensorPair {
  @Override
  public List<Tensor> tensors() {
    return List.of(tensor);
  }

  @Override
  public void write(Tensors rondo, Tensors pytorch) {
    pytorch.put(tensor.name(), rondo.get(parameter));
  }

  @Override
  public void read(Tensors pytorch, Tensors rondo) {
    if (pytorch.has(tensor.name())) {
      rondo.put(parameter, pytorch.get(tensor.name()));
    }
  }
}
