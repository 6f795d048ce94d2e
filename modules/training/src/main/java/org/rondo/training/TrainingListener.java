package org.rondo.training;

/** Told what happens in a run, on the driver's thread, in order; an exception ends the run. */
@FunctionalInterface
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = event -> {};

  /** Something happened. */
  void on(TrainingEvent event);
}
