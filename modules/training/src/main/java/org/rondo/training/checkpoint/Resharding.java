package org.rondo.training.checkpoint;

import java.util.Locale;
import org.rondo.kernels.ValueException;
import org.rondo.training.storage.Require;

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
    ValueException.unless(from >= 1, "from", from, "must be >= 1");
    ValueException.unless(to >= 1, "to", to, "must be >= 1");
  }
}
