package org.rondo.kernels.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;

/**
 * B in the layout that one plan likes best.
 *
 * <p>A float32 source goes to bfloat16 by a plain copy: rounding first and packing then takes half
 * the time of one reorder that does both.
 */
final class OneDnnWeights implements Matmul.Weights {
  private record Copy(reorder operation, memory from, memory to) {}

  private final Product product;
  private final memory packed;
  private final stream queue;
  private final Copy[] copies;

  OneDnnWeights(
      Product product, NativeBuffer source, memory.desc layout, NativeMemory owner, stream queue) {
    this.product = product;
    this.queue = queue;
    var layouts = new Layouts(owner);
    this.packed = layouts.allocate(layout);
    int k = product.k();
    int n = product.n();
    memory plain = layouts.bind(layouts.matrix(k, n, product.transposeB(), source.type()), source);
    if (source.type() == product.inputs()) {
      this.copies = new Copy[] {copy(plain, packed, owner)};
    } else {
      memory rounded =
          layouts.allocate(layouts.matrix(k, n, product.transposeB(), product.inputs()));
      this.copies = new Copy[] {copy(plain, rounded, owner), copy(rounded, packed, owner)};
    }
  }

  private static Copy copy(memory from, memory to, NativeMemory owner) {
    return new Copy(owner.own(new reorder(from, to)), from, to);
  }

  /** The product of the plan that made this. */
  Product product() {
    return product;
  }

  /** The packed values. */
  memory packed() {
    return packed;
  }

  @Override
  public void pack() {
    for (Copy copy : copies) {
      copy.operation.execute(queue, copy.from, copy.to);
    }
  }
}
