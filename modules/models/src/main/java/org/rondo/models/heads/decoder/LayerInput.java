package org.rondo.models.heads.decoder;

import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.PerStep;
import org.rondo.models.cells.StepProducts;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Workspace;

/**
 * What a layer of the decoder reads of the one below, through dropout: {@code P = d(h) W}.
 * Parameter {@code input_weight (H,G)}.
 */
final class LayerInput {
  private static final String WEIGHT = "input_weight";

  private final Workspace target;
  private final Elementwise elementwise;
  private final float keep;
  private final StepProducts products;
  private final NativeBuffer[] values;
  private final NativeBuffer[] dropped;
  private final NativeBuffer[] droppedOperands;
  private final NativeBuffer[] gradients;

  /** {@code (R,H)}: of the step in work. */
  private final NativeBuffer droppedGradient;

  /** Of the random numbers of the minibatch. */
  private long key;

  private boolean drops;

  /**
   * @param keep part of the values that dropout keeps
   */
  LayerInput(Workspace target, DecoderLayer lower, DecoderLayer upper, float keep) {
    this.target = target;
    this.elementwise = target.elementwise();
    this.keep = keep;
    int steps = target.steps();
    var below = new PerStep(lower.output(), target);
    var belowGradient = new PerStep(lower.outputGradient(), target);
    var input = new PerStep(target.floats(lower.output().length()), target);
    var operand = new PerStep(target.operand(input.all()), target);
    var projection = new PerStep(upper.projection().values(), target);
    this.droppedGradient = target.gradientFloats(lower.output().length() / steps);
    this.products =
        new StepProducts(
            target,
            WEIGHT,
            operand.all(),
            upper.projection().gradient(),
            Results.written(projection::at),
            Results.written(u -> droppedGradient));
    this.values = new NativeBuffer[steps];
    this.dropped = new NativeBuffer[steps];
    this.droppedOperands = new NativeBuffer[steps];
    this.gradients = new NativeBuffer[steps];
    for (int u = 0; u < steps; u++) {
      values[u] = below.at(u);
      dropped[u] = input.at(u);
      droppedOperands[u] = operand.at(u);
      gradients[u] = belowGradient.at(u);
    }
  }

  /**
   * The weight.
   *
   * @param columns G
   */
  static ParameterSpec parameter(int units, int columns) {
    return new ParameterSpec(WEIGHT, List.of(units, columns), Initializer.glorot(units, units));
  }

  /** Before the steps of a minibatch that is learned from. */
  void beginTraining(CounterRandom numbers) {
    products.beginForward();
    key = numbers.key();
    drops = keep < 1;
  }

  /** Before the steps of a minibatch that is not. */
  void begin() {
    products.beginForward();
    drops = false;
  }

  void forward(int u) {
    if (drops) {
      elementwise.dropout(values[u], dropped[u], keep, key(u));
    } else {
      dropped[u].copy(0, values[u], 0, values[u].length());
    }
    target.round(dropped[u], droppedOperands[u]);
    products.forward(u);
  }

  private long key(int u) {
    return new CounterRandom(key).derive(u).key();
  }

  void beginBackward() {
    products.beginBackward();
  }

  void backward(int u) {
    products.backward(u);
    if (drops) {
      elementwise.dropout(droppedGradient, droppedGradient, keep, key(u));
    }
    elementwise.addScaled(droppedGradient, 1f, gradients[u], 0, droppedGradient.length());
  }

  void endBackward(int steps) {
    products.weightGradient(steps);
  }
}
