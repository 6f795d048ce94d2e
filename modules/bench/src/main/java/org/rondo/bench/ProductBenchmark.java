package org.rondo.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.Product;

/** The products of an LSTM's training step, one at a time, at the shapes of the configurations. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ProductBenchmark {
  private static final int GATES = 4;

  /** Which product of a step. */
  public enum Role {
    /** A step's h times the recurrent weights. */
    RECURRENT,
    /** A step's gradients of the gates times the same, transposed. */
    RECURRENT_BACKWARD,
    /** The inputs of all steps times the input weights. */
    INPUT,
    /** The gradient of the input weights, over all steps. */
    INPUT_WEIGHT_GRADIENT,
    /** The logits of all steps. */
    HEAD
  }

  /** A {@link Configuration}. */
  @Param({"S", "M", "C", "C128"})
  public String configuration;

  /** The type of the inputs. */
  @Param({"FLOAT32", "BFLOAT16"})
  public ElementType precision;

  /** Which product. */
  @Param public Role role;

  private NativeMemory memory;
  private Matmul.Call call;

  /** Plans and binds. */
  @Setup
  public void bind() {
    memory = new NativeMemory();
    call =
        new Operands(Kernels.best(), memory)
            .product(product(Configuration.named(configuration), role, precision));
  }

  static BoundProduct product(Configuration of, Role role, ElementType precision) {
    int b = of.batch();
    int h = of.units();
    int rows = of.tokens();
    Product product =
        switch (role) {
          case RECURRENT -> Product.of(b, h, GATES * h).accumulating();
          case RECURRENT_BACKWARD -> Product.of(b, GATES * h, h).withTransposedB().accumulating();
          case INPUT -> Product.of(rows, h, GATES * h);
          case INPUT_WEIGHT_GRADIENT -> Product.of(h, rows, GATES * h).withTransposedA();
          case HEAD -> Product.of(rows, h, of.vocabulary());
        };
    return new BoundProduct(product.with(precision), role != Role.INPUT_WEIGHT_GRADIENT);
  }

  /** Frees the operands. */
  @TearDown
  public void free() {
    memory.close();
  }

  /** One product. */
  @Benchmark
  public void product() {
    call.run();
  }
}
