package org.rondo.runs;

import java.util.Optional;
import org.rondo.kernels.ValueException;
import org.rondo.training.events.StopRequest;
import org.rondo.training.events.TrainingEvent.End;
import org.rondo.training.timing.WallClock;

/**
 * How long a run trains before it ends after the round in progress. The clock decides nothing else:
 * a run that is resumed is bit-identical to one without a limit.
 *
 * @param minutes from the start of training, of each part of a resumed run; 0 for no limit
 */
public record TimeLimit(double minutes) {
  public TimeLimit {
    ValueException.unless(
        minutes >= 0 && Double.isFinite(minutes),
        "train.time_limit",
        minutes,
        "must be >= 0 minutes (0: no limit)");
  }

  /** A request that is made when the time has passed, counted from now. */
  StopRequest startingNow() {
    if (minutes == 0) {
      return Optional::empty;
    }
    WallClock clock = WallClock.start();
    return () -> clock.seconds() >= 60 * minutes ? Optional.of(End.TIME_LIMIT) : Optional.empty();
  }
}
