package org.rondo.training.events;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.rondo.training.events.TrainingEvent.End;

/**
 * Asked after each round whether the run is to end before its last one. A run that ends so writes a
 * checkpoint and can be resumed.
 */
@FunctionalInterface
public interface StopRequest {
  /** Why the run is to end now; empty if it goes on. */
  Optional<End> reason();

  /** Ends the run as {@link End#INTERRUPTED} when that becomes true. */
  static StopRequest when(BooleanSupplier requested) {
    return () -> requested.getAsBoolean() ? Optional.of(End.INTERRUPTED) : Optional.empty();
  }

  /** This request, or another one where this one has no reason. */
  default StopRequest or(StopRequest other) {
    return () -> reason().or(other::reason);
  }
}
