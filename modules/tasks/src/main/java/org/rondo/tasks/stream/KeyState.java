package org.rondo.tasks.stream;

/**
 * What the events of one key have left behind: the hidden state of its sequence, what the task
 * remembers, and the count of its events. Mutable; {@link StateCodec} makes bytes of it.
 */
public final class KeyState {
  private final float[] values;
  private final double[] memory;
  private long events;

  KeyState(float[] values, double[] memory, long events) {
    this.values = values;
    this.memory = memory;
    this.events = events;
  }

  /** Hidden state of one sequence, as {@link org.rondo.models.StateRows} takes it. */
  float[] values() {
    return values;
  }

  /** What the task remembers, as {@link org.rondo.tasks.EventFeatures#memory} counts it. */
  double[] memory() {
    return memory;
  }

  /** Events that were scored from the start of the key's sequence. */
  public long events() {
    return events;
  }

  void countEvent() {
    events++;
  }
}
