package org.rondo.driver.reduce;

import java.io.Serializable;
import org.rondo.training.WorkerReport;
import org.rondo.training.WorkerResult;
import org.rondo.training.sync.WireFormat;

/**
 * What one shard adds to a round's mean, where it was learned; it travels in {@link
 * ContributionChunk}s.
 */
public final class Contribution implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WorkerReport report;
  private final float[] values;
  private final WireFormat wire;

  /**
   * @param report of the shard
   * @param values what it hands in, as long as every other shard's, or empty for a shard that hands
   *     in nothing
   * @param wire that holds the values exactly
   */
  Contribution(WorkerReport report, float[] values, WireFormat wire) {
    this.report = report;
    this.values = values;
    this.wire = wire;
  }

  public static Contribution of(WorkerResult result, WireFormat wire) {
    return new Contribution(result.report(), result.contribution(), wire);
  }

  int length() {
    return values.length;
  }

  /** All of it. */
  ContributionChunk whole() {
    return chunk(0, length());
  }

  /** Elements {@code from} to {@code to} of it. */
  ContributionChunk chunk(int from, int to) {
    return new ContributionChunk(report, PackedVector.of(values, from, to, wire));
  }
}
