package org.rondo.frames.stream;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.rondo.kernels.ValueException;

/**
 * How events belong together and follow one another.
 *
 * @param keys columns whose values together are the key of an event
 * @param time column of the event's time: a timestamp, or a whole number that grows
 * @param order in which a stream's events of a key are scored
 * @param lateness how far the watermark stays behind the latest event; of {@link
 *     EventOrder#WATERMARK}
 * @param gap a longer one between two neighbouring events of a key begins its sequence anew, and
 *     lets the state of a key that is silent be forgotten; zero for never
 * @param batch keys of a task that are scored at once where they can be; it decides the shape of
 *     the products and so the bits
 */
public record StreamPlan(
    List<String> keys, String time, EventOrder order, Duration lateness, Duration gap, int batch)
    implements Serializable {
  /**
   * Keys at once by default. A micro-batch hands over one key at a time, a table many: with 4 a
   * single key takes about 1.5 times as long as with 1, many together less than half.
   */
  public static final int BATCH = 4;

  private static final int MOST_BATCH = 1024;

  public StreamPlan {
    ValueException.unlessGiven("keys", keys);
    keys = List.copyOf(keys);
    ValueException.unless(!keys.isEmpty(), "keys", keys, "must name a column at least");
    ValueException.unless(new HashSet<>(keys).size() == keys.size(), "keys", keys, "must differ");
    ValueException.unlessGiven("time", time);
    ValueException.unless(!keys.contains(time), "time", time, "must be no column of the key");
    ValueException.unlessGiven("order", order);
    requireWholeMillis("lateness", lateness);
    requireWholeMillis("gap", gap);
    ValueException.unlessWithin("batch", batch, 1, MOST_BATCH);
  }

  private static void requireWholeMillis(String name, Duration value) {
    ValueException.unlessGiven(name, value);
    ValueException.unless(
        !value.isNegative() && value.equals(Duration.ofMillis(value.toMillis())),
        name,
        value,
        "must be whole milliseconds, 0 or more");
  }

  /** Events as they arrive, without a gap that begins anew. */
  public static StreamPlan of(String key, String time) {
    return new StreamPlan(
        List.of(key), time, EventOrder.ARRIVAL, Duration.ZERO, Duration.ZERO, BATCH);
  }

  /** The same in the order of time, by a watermark that stays so far behind. */
  public StreamPlan byWatermark(Duration behind) {
    return new StreamPlan(keys, time, EventOrder.WATERMARK, behind, gap, batch);
  }

  /** The same with sequences that begin anew after so long a silence. */
  public StreamPlan withGap(Duration silence) {
    return new StreamPlan(keys, time, order, lateness, silence, batch);
  }

  /** The same with so many keys at once. */
  public StreamPlan withBatch(int size) {
    return new StreamPlan(keys, time, order, lateness, gap, size);
  }

  boolean isByWatermark() {
    return order == EventOrder.WATERMARK;
  }

  boolean hasGap() {
    return !gap.isZero();
  }
}
