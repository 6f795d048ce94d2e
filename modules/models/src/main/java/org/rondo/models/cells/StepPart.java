package org.rondo.models.cells;

/**
 * One part of a recurrence's step: an equation, and its gradient. A step runs its parts forward
 * first to last and backward last to first, so that each finds the gradient of its results whole.
 */
interface StepPart {
  void forward();

  void backward();

  /** A part of these two halves. */
  static StepPart of(Runnable forward, Runnable backward) {
    return new StepPart() {
      @Override
      public void forward() {
        forward.run();
      }

      @Override
      public void backward() {
        backward.run();
      }
    };
  }

  /** What only gradients pass through, such as a sum of two ways. */
  static StepPart ofGradient(Runnable backward) {
    return of(() -> {}, backward);
  }
}
