package org.rondo.training.events;

/** Told what happens in a run, on the driver's thread, in order; an exception ends the run. */
@FunctionalInterface
public interface TrainingListener {
  /** Logs a run by SLF4J: its start, a line per evaluation, its end, and warnings. */
  TrainingListener LOG = LogListener.ofEverything();

  /** Logs warnings alone, which may decide a result: of the start, and of storage that fails. */
  TrainingListener NONE = LogListener.ofWarnings();

  /** Something happened. */
  void on(TrainingEvent event);
}
