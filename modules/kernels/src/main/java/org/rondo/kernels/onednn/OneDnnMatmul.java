package org.rondo.kernels.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Locale;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.stream;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;

/**
 * Products by oneDNN's primitives, planned once per shape and bound once per set of operands.
 *
 * <p>{@code C = A^T B} of two plain matrices, the gradient of a weight matrix, is planned as the
 * backward pass of an inner product: the same sums, up to 1.5 times as fast as the transposed
 * matmul. Scratch memory is ours rather than the library's, which keeps it per thread: a plan may
 * be made in one thread and run in another.
 */
final class OneDnnMatmul implements Matmul {
  /**
   * A primitive and its scratch memory, shared by the calls of a plan, since they never overlap.
   */
  private record Planned(primitive operation, memory.desc b, memory scratch) {}

  /**
   * The largest K of a row that oneDNN may add to C; we add longer ones. oneDNN 3.11 splits a
   * longer sum into parts of 1,024, and writes the sums of one row, up to 2 KB of them, into
   * scratch memory of 900 bytes. {@code OneDnnMatmulTest} shows it with a guard behind that memory.
   */
  private static final int LONGEST_ADDED_ROW = 1024;

  private final Product product;
  private final NativeMemory owner;
  private final Layouts layouts;
  private final stream queue;
  private final primitive_attr attributes;
  private final memory.desc layoutOfA;
  private final memory.desc layoutOfC;

  /** {@code (1,N)}, the product before we add it to C; null where oneDNN adds. */
  private final NativeBuffer row;

  private Planned packed;
  private Planned plain;

  OneDnnMatmul(Product product, NativeMemory owner) {
    this.product = product;
    this.owner = owner;
    this.layouts = new Layouts(owner);
    this.queue = owner.own(new stream(OneDnn.ENGINE));
    this.attributes = owner.own(new primitive_attr());
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    boolean added = product.accumulate();
    this.row =
        added && product.m() == 1 && product.k() > LONGEST_ADDED_ROW
            ? owner.floats(product.n())
            : null;
    if (added && row == null) {
      post_ops sum = owner.own(new post_ops());
      sum.append_sum();
      attributes.set_post_ops(sum);
    }
    int m = product.m();
    this.layoutOfA = layouts.matrix(m, product.k(), product.transposeA(), product.inputs());
    this.layoutOfC = layouts.matrix(m, product.n(), false, ElementType.FLOAT32);
  }

  @Override
  public Product product() {
    return product;
  }

  @Override
  public Weights weights(NativeBuffer source) {
    product.checkWeights(source);
    if (packed == null) {
      packed = planMatmul(layouts.anyLayout(product.k(), product.n(), product.inputs()));
    }
    return new OneDnnWeights(product, source, packed.b, owner, queue);
  }

  /** Weights keep the layout that their own plan liked; a plan of other rows adapts to it. */
  @Override
  public Call bind(NativeBuffer a, Weights b, NativeBuffer c) {
    product.check(a, c);
    if (!(b instanceof OneDnnWeights weights) || !product.sharesWeightsWith(weights.product())) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: weights of another plan", product));
    }
    memory.desc layout = owner.own(weights.packed().get_desc());
    if (packed == null || !packed.b.equals(layout)) {
      packed = planMatmul(layout);
    }
    return call(packed, layouts.bind(layoutOfA, a), weights.packed(), c);
  }

  @Override
  public Call bind(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
    product.check(a, b, c);
    if (product.transposeA() && !product.transposeB() && !product.accumulate()) {
      return bindWeightGradient(a, b, c);
    }
    memory.desc layout =
        layouts.matrix(product.k(), product.n(), product.transposeB(), product.inputs());
    if (plain == null) {
      plain = planMatmul(layout);
    }
    return call(plain, layouts.bind(layoutOfA, a), layouts.bind(layout, b), c);
  }

  private Planned planMatmul(memory.desc layoutOfB) {
    try {
      var plan =
          owner.own(
              new matmul.primitive_desc(
                  OneDnn.ENGINE, layoutOfA, layoutOfB, layoutOfC, attributes, false));
      return new Planned(
          owner.own(new matmul(plan)), owner.own(plan.weights_desc()), scratch(plan));
    } catch (RuntimeException e) {
      throw notSupported(e);
    }
  }

  private Call call(Planned planned, memory a, memory b, NativeBuffer c) {
    IntMemoryMap operands = owner.own(new IntMemoryMap());
    operands.put(DNNL_ARG_SRC, a);
    operands.put(DNNL_ARG_WEIGHTS, b);
    operands.put(DNNL_ARG_DST, layouts.bind(layoutOfC, row == null ? c : row));
    Call multiplication = execution(planned, operands);
    return row == null
        ? multiplication
        : () -> {
          multiplication.run();
          for (int i = 0; i < product.n(); i++) {
            c.set(i, c.get(i) + row.get(i));
          }
        };
  }

  private Call bindWeightGradient(NativeBuffer a, NativeBuffer b, NativeBuffer c) {
    int m = product.m();
    int k = product.k();
    int n = product.n();
    memory.desc inputs = layouts.matrix(k, m, false, product.inputs());
    memory.desc outputs = layouts.matrix(k, n, false, product.inputs());
    // An inner product's weights are (outputs, inputs): our C, read as its transpose.
    memory.desc weights = layouts.matrix(n, m, true, ElementType.FLOAT32);
    if (plain == null) {
      plain = planWeightGradient(inputs, weights, outputs);
    }
    IntMemoryMap operands = owner.own(new IntMemoryMap());
    operands.put(DNNL_ARG_SRC, layouts.bind(inputs, a));
    operands.put(DNNL_ARG_DIFF_DST, layouts.bind(outputs, b));
    operands.put(DNNL_ARG_DIFF_WEIGHTS, layouts.bind(weights, c));
    return execution(plain, operands);
  }

  private Planned planWeightGradient(memory.desc inputs, memory.desc weights, memory.desc outputs) {
    try {
      // The backward pass asks for a forward pass as a hint; it is never run.
      var forward =
          owner.own(
              new inner_product_forward.primitive_desc(
                  OneDnn.ENGINE,
                  dnnl.prop_kind.forward_training,
                  inputs,
                  layouts.anyLayout(product.n(), product.m(), product.inputs()),
                  outputs,
                  attributes,
                  false));
      var plan =
          owner.own(
              new inner_product_backward_weights.primitive_desc(
                  OneDnn.ENGINE, inputs, weights, outputs, forward, attributes, false));
      return new Planned(
          owner.own(new inner_product_backward_weights(plan)), weights, scratch(plan));
    } catch (RuntimeException e) {
      throw notSupported(e);
    }
  }

  private memory scratch(primitive_desc plan) {
    return layouts.allocate(owner.own(plan.scratchpad_desc()));
  }

  private Call execution(Planned planned, IntMemoryMap operands) {
    operands.put(DNNL_ARG_SCRATCHPAD, planned.scratch);
    return () -> planned.operation.execute(queue, operands);
  }

  private IllegalArgumentException notSupported(RuntimeException cause) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "onednn: this machine's instruction set has no %s", product),
        cause);
  }
}
