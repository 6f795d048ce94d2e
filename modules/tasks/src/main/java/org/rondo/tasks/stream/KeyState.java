package org.rondo.tasks.stream;

/**
 * What the events of one key have left behind: the hidden state of its sequence and the count of
 * its events. Mutable; {@link StateCodec} makes bytes of it.
 */
public final class KeyState {
  private final float[] values;
  private long events;

  KeyState(float[] values, long events) {
    this.values = values;
    this.events = events;
  }

  /** Hidden state of one sequence, as {@link org.rondo.models.StateRows} takes it. */
  float[] values() {
    return values;
  }

  /** Events that were scored from the start of the key's sequence. */
  public long events() {
    return events;
  }

  void countEvent() {
    events++;
  }
}
