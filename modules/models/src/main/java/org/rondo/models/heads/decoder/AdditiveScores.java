package org.rondo.models.heads.decoder;

import org.rondo.kernels.AttentionPasses.Additive;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.PerStep;
import org.rondo.models.cells.StepProducts;
import org.rondo.models.cells.StepProducts.Results;
import org.rondo.models.workspace.Workspace;

/**
 * A small network of a state and a key: {@code additive}. Parameters: {@code query_weight (H,H)},
 * U, and {@code score_vector (H)}, v.
 */
final class AdditiveScores implements StepScores {
  static final String WEIGHT = "query_weight";
  static final String VECTOR = "score_vector";

  private final AttentionPlace place;
  private final Workspace target;
  private final Elementwise elementwise;
  private final StepProducts queries;
  private final NativeBuffer vectorGradient;
  private final Additive[] scores;
  private final Additive[] slopes;
  private final Additive[] gradients;
  private final NativeBuffer[] queryGradientOperands;

  AdditiveScores(AttentionPlace place) {
    this.place = place;
    this.target = place.target();
    this.elementwise = target.elementwise();
    int steps = target.steps();
    long size = (long) target.rows() * place.keys().width();
    var query = new PerStep(target.floats(size), target);
    var queryGradient = new PerStep(target.gradientFloats(size), target);
    var operand = new PerStep(target.gradientOperand(queryGradient.all()), target);
    this.queries =
        new StepProducts(
            target,
            WEIGHT,
            place.stateOperands(),
            operand.all(),
            Results.written(query::at),
            Results.added(place.stateGradients()::at));
    NativeBuffer keys = place.keys().values();
    NativeBuffer vector = target.parameter(VECTOR);
    this.vectorGradient = target.gradient(VECTOR);
    this.scores = new Additive[steps];
    this.slopes = new Additive[steps];
    this.gradients = new Additive[steps];
    this.queryGradientOperands = new NativeBuffer[steps];
    for (int u = 0; u < steps; u++) {
      NativeBuffer slope = place.scoreGradients().at(u);
      scores[u] = new Additive(keys, query.at(u), vector, place.weights().at(u));
      slopes[u] = new Additive(keys, query.at(u), vector, slope);
      gradients[u] =
          new Additive(place.keys().gradient(), queryGradient.at(u), vectorGradient, slope);
      queryGradientOperands[u] = operand.at(u);
    }
  }

  @Override
  public void beginForward() {
    queries.beginForward();
  }

  @Override
  public void forward(int u) {
    queries.forward(u);
    elementwise.additiveScores(scores[u], place.rows(), place.lengths());
  }

  @Override
  public void beginBackward() {
    queries.beginBackward();
    vectorGradient.clear(0, vectorGradient.length());
  }

  @Override
  public void backward(int u) {
    elementwise.additiveGradients(slopes[u], gradients[u], place.rows(), place.lengths());
    target.round(gradients[u].queries(), queryGradientOperands[u]);
    queries.backward(u);
  }

  @Override
  public void endBackward(int steps) {
    queries.weightGradient(steps);
  }
}
