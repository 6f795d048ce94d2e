package org.rondo.training;

import java.util.Locale;

/**
 * That a run went on with another number of shards, whose states began anew.
 *
 * @param round the last one before
 * @param from shards until then
 * @param to shards since then
 */
public record Resharding(int round, int from, int to) {
  public Resharding {
    Require.that(round >= 0, String.format(Locale.ROOT, "round must be >= 0, got %d", round));
    Require.positive("from", from);
    Require.positive("to", to);
  }
}
