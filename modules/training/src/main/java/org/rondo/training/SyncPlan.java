package org.rondo.training;

import java.io.Serializable;

/**
 * How shards come together after a round.
 *
 * @param name of a {@link Synchronizer}
 * @param outer constants of its step; synchronizers ignore those that they do not have
 */
public record SyncPlan(String name, OuterPlan outer) implements Serializable {
  /** The mean of the parameters. */
  public static final SyncPlan AVERAGE = of(Average.NAME, 1);

  public SyncPlan {
    Require.that(
        Synchronizer.names().contains(name),
        "sync.name = %s: no such synchronizer; there are %s".formatted(name, Synchronizer.names()));
  }

  /** That synchronizer with what suits so many shards. */
  public static SyncPlan of(String name, int shards) {
    return new SyncPlan(name, OuterPlan.of(shards));
  }
}
