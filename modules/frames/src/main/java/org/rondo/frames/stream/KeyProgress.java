package org.rondo.frames.stream;

import java.util.List;
import org.rondo.tasks.stream.KeyState;

/** How far the sequence of a key has come. Mutable. */
final class KeyProgress {
  private KeyState state;
  private long last;

  /**
   * @param last time of the newest event; {@link ReadEvent#NO_TIME} where there is none yet
   */
  KeyProgress(KeyState state, long last) {
    this.state = state;
    this.last = last;
  }

  /**
   * The next events of a key.
   *
   * @param events in their order
   */
  record Step(KeyProgress progress, List<ReadEvent> events) {}

  KeyState state() {
    return state;
  }

  long last() {
    return last;
  }

  /**
   * Notes the time of an event.
   *
   * @param gap in microseconds; 0 for none
   * @return whether the silence before it was longer
   */
  boolean passes(long time, long gap) {
    boolean anew = gap > 0 && last != ReadEvent.NO_TIME && time - last > gap;
    last = Math.max(last, time);
    return anew;
  }

  /** Another sequence of the key goes on from there. */
  void beginAnew(KeyState other) {
    state = other;
  }
}
