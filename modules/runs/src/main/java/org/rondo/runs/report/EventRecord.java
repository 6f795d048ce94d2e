package org.rondo.runs.report;

/**
 * A file that tells the events of a run: a beginning, and some bytes for each event behind those of
 * the one before.
 */
public interface EventRecord {
  /** Name of the file in the run's folder. */
  String name();

  /** What stands before the first event. */
  default byte[] beginning() {
    return new byte[0];
  }

  /**
   * What is written of an event; nothing where the file does not tell it.
   *
   * @param line the event as {@code events.jsonl} has it
   */
  byte[] of(String line);
}
