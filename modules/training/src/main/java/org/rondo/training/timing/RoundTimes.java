package org.rondo.training.timing;

/**
 * Where the time of a round went, in seconds of the driver's clock.
 *
 * @param broadcast handing the common parameters out, until workers have them; 0 where memory is
 *     shared
 * @param compute the workers, in the place that worked longest
 * @param reduce combining what the shards handed in, and bringing it to the driver; starting tasks
 *     is among it
 * @param outer the driver's own step from what was combined to the next common parameters
 */
public record RoundTimes(double broadcast, double compute, double reduce, double outer) {
  /** Nothing was measured. */
  public static final RoundTimes NONE = new RoundTimes(0, 0, 0, 0);

  /** The same with the driver's own step. */
  public RoundTimes withOuter(double seconds) {
    return new RoundTimes(broadcast, compute, reduce, seconds);
  }

  /** Part by part. */
  public RoundTimes plus(RoundTimes more) {
    return new RoundTimes(
        broadcast + more.broadcast,
        compute + more.compute,
        reduce + more.reduce,
        outer + more.outer);
  }

  /** Part by part, for a mean of so many. */
  public RoundTimes dividedBy(int count) {
    return new RoundTimes(broadcast / count, compute / count, reduce / count, outer / count);
  }

  /** All parts together. */
  public double total() {
    return broadcast + compute + reduce + outer;
  }
}
