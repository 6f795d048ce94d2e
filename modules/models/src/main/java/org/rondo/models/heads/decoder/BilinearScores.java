package org.rondo.models.heads.decoder;

import org.rondo.kernels.AttentionPasses.Attended;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;

/** The product of a state with a key: {@code dot} and {@code general}. */
final class BilinearScores implements StepScores {
  private final AttentionPlace place;
  private final Elementwise elementwise;

  /** {@code (R,H)}: what a step adds to the gradient of its states. */
  private final NativeBuffer added;

  private final NativeBuffer[] stateGradients;
  private final Attended[] scores;
  private final Attended[] sums;
  private final Attended allSteps;

  BilinearScores(AttentionPlace place) {
    this.place = place;
    this.elementwise = place.target().elementwise();
    int width = place.keys().width();
    int steps = place.target().steps();
    NativeBuffer keys = place.keys().values();
    this.added = place.target().gradientFloats((long) place.rows() * width);
    this.stateGradients = new NativeBuffer[steps];
    this.scores = new Attended[steps];
    this.sums = new Attended[steps];
    for (int u = 0; u < steps; u++) {
      stateGradients[u] = place.stateGradients().at(u);
      scores[u] = new Attended(keys, place.states().at(u), place.weights().at(u), width);
      sums[u] = new Attended(keys, added, place.scoreGradients().at(u), width);
    }
    this.allSteps =
        new Attended(
            place.keys().gradient(), place.states().all(), place.scoreGradients().all(), width);
  }

  @Override
  public void beginForward() {}

  @Override
  public void forward(int u) {
    elementwise.memoryProducts(scores[u], place.rows(), place.lengths());
  }

  @Override
  public void beginBackward() {}

  @Override
  public void backward(int u) {
    elementwise.memorySums(sums[u], place.rows(), place.lengths());
    elementwise.addScaled(added, 1f, stateGradients[u], 0, added.length());
  }

  @Override
  public void endBackward(int steps) {
    elementwise.addToMemory(allSteps, steps * place.rows(), place.lengths());
  }
}
