package org.rondo.pytorch;

import java.util.Arrays;
import java.util.List;

/**
 * The bias of a cell, of which PyTorch has two: one beside the product of the input and one beside
 * that of the state. Where both are added to the same sum, Rondo has their sum, and zeros stand for
 * the second one in what is written. The candidate of a GRU alone tells them apart, since the reset
 * gate multiplies the second one: {@code n = tanh(x Wn + bn + r * (h Un + cn))}.
 *
 * @param parameter {@code (G*H)}, or {@code (G*H+H)} with the candidate's second one at the end
 * @param gated {@code G*H}, length of each of PyTorch's
 * @param apart H where the candidate's second one stands apart, else 0
 */
record GateBiases(String parameter, int gated, int apart, String ofInput, String ofState)
    implements TensorPair {
  @Override
  public List<Tensor> tensors() {
    return List.of(new Tensor(ofInput, List.of(gated)), new Tensor(ofState, List.of(gated)));
  }

  @Override
  public boolean optional() {
    return true;
  }

  @Override
  public void write(Tensors rondo, Tensors pytorch) {
    float[] all = rondo.get(parameter);
    var second = new float[gated];
    System.arraycopy(all, gated, second, gated - apart, apart);
    pytorch.put(ofInput, Arrays.copyOf(all, gated));
    pytorch.put(ofState, second);
  }

  @Override
  public void read(Tensors pytorch, Tensors rondo) {
    if (!pytorch.has(ofInput)) {
      return;
    }
    float[] all = Arrays.copyOf(pytorch.get(ofInput), gated + apart);
    float[] second = pytorch.get(ofState);
    for (int i = 0; i < gated - apart; i++) {
      if (second[i] != 0) { // -0 + 0 would lose its sign
        all[i] += second[i];
      }
    }
    System.arraycopy(second, gated - apart, all, gated, apart);
    rondo.put(parameter, all);
  }
}
