package org.rondo.frames.stream;

/** In which order the events of a key are scored. */
public enum EventOrder {
  /**
   * As they arrive; those of a key that arrive in one micro-batch by their time. An event is scored
   * at once; one that arrives late is scored after those that overtook it.
   */
  ARRIVAL,
  /**
   * By their time. An event waits in its key's state until the watermark passes it; one that
   * arrives behind the watermark is dropped and counted by Spark.
   */
  WATERMARK
}
