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
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.GatePasses;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;

/**
 * The element-wise passes of an LSTM's training step, one at a time, at the shapes of the
 * configurations. Passes that overwrite their inputs run on what the call before left there: the
 * time does not depend on the numbers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PassBenchmark {
  private static final int GATES = 4;

  /** Rows of logits that a softmax sees at a time: a block that the head might work on. */
  private static final int ROWS = 64;

  /** A {@link Configuration}. */
  @Param({"S", "M", "C", "C128"})
  public String configuration;

  /** The type of what products read. */
  @Param({"FLOAT32", "BFLOAT16"})
  public ElementType precision;

  /** Implementations of {@link Elementwise}, by name. */
  @Param({"vector", "java"})
  public String passes;

  private NativeMemory memory;
  private Elementwise elementwise;
  private Configuration shape;
  private GatePasses.LstmStep step;
  private GatePasses.LstmGradients gradients;
  private NativeBuffer gateBias;
  private Elementwise.SoftmaxRows rows;
  private int[] targets;

  /** Fills the buffers. */
  @Setup
  public void fill() {
    Kernels kernels = Kernels.choose(Kernels.AUTO, passes);
    elementwise = kernels.elementwise();
    shape = Configuration.named(configuration);
    memory = new NativeMemory();
    var operands = new Operands(kernels, memory);
    int state = shape.batch() * shape.units();
    NativeBuffer gates = operands.random(GATES * state, ElementType.FLOAT32);
    NativeBuffer hidden = operands.random(state, ElementType.FLOAT32);
    step =
        new GatePasses.LstmStep(
            gates,
            operandOf(gates),
            operands.random(state, ElementType.FLOAT32),
            memory.floats(state),
            memory.floats(state),
            hidden,
            operandOf(hidden));
    gateBias = memory.floats((long) GATES * shape.units());
    gradients =
        new GatePasses.LstmGradients(
            operands.random(state, ElementType.FLOAT32),
            memory.floats(state),
            gates,
            memory.floats(gateBias.length()));
    NativeBuffer logits = operands.random(ROWS * shape.vocabulary(), ElementType.FLOAT32);
    rows =
        new Elementwise.SoftmaxRows(
            logits,
            memory.floats(shape.vocabulary()),
            operandOf(logits),
            memory.floats(shape.vocabulary()));
    targets = new int[ROWS];
  }

  private NativeBuffer operandOf(NativeBuffer floats) {
    return precision == ElementType.FLOAT32 ? floats : memory.allocate(precision, floats.length());
  }

  /** Frees the buffers. */
  @TearDown
  public void free() {
    memory.close();
  }

  /** The gates of one step of all sequences. */
  @Benchmark
  public void lstmForward() {
    elementwise.lstmForward(step, gateBias, shape.batch(), shape.units());
  }

  /** Their backward pass. */
  @Benchmark
  public void lstmBackward() {
    elementwise.lstmBackward(step, gradients, shape.batch(), shape.units());
  }

  /** Softmax, loss and gradient of a block of rows. */
  @Benchmark
  public double softmaxCrossEntropy() {
    return elementwise.softmaxCrossEntropy(rows, targets, 0, ROWS, 1f);
  }

  /** The norm of the gates' values. */
  @Benchmark
  public double sumOfSquares() {
    return elementwise.sumOfSquares(step.gates(), 0, step.gates().length());
  }
}
