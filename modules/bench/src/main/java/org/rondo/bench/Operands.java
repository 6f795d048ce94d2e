package org.rondo.bench;

import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;

/** Random numbers in buffers, for what is measured outside a network. */
record Operands(Kernels kernels, NativeMemory memory) {
  /** So many numbers in [-1,1). */
  NativeBuffer random(int length, ElementType type) {
    NativeBuffer floats = memory.floats(length);
    CounterRandom random = CounterRandom.of(length);
    for (int i = 0; i < length; i++) {
      floats.set(i, (float) (2 * random.uniform(i) - 1));
    }
    if (type == ElementType.FLOAT32) {
      return floats;
    }
    NativeBuffer rounded = memory.allocate(type, length);
    kernels.elementwise().toBfloat16(floats, rounded);
    return rounded;
  }

  /** A product on operands of its own. */
  Matmul.Call product(BoundProduct bound) {
    int m = bound.product().m();
    int k = bound.product().k();
    int n = bound.product().n();
    ElementType inputs = bound.product().inputs();
    Matmul plan = kernels.matmul().plan(bound.product(), memory);
    NativeBuffer a = random(m * k, inputs);
    NativeBuffer c = memory.floats((long) m * n);
    if (!bound.packed()) {
      return plan.bind(a, random(k * n, inputs), c);
    }
    Matmul.Weights b = plan.weights(random(k * n, ElementType.FLOAT32));
    b.pack();
    return plan.bind(a, b, c);
  }
}
