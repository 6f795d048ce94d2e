package org.rondo.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;
import org.rondo.ingest.UnrollSteps;
import org.rondo.kernels.ValueException;
import org.rondo.training.sync.GrowthPlan;

/**
 * Rounds and what each shard trains in one.
 *
 * @param count rounds, after each of which the shards come together
 * @param syncEvery minibatches per shard in a round, or in the first of rounds that grow, see
 *     {@link GrowthPlan}
 * @param batch sequences per minibatch (B)
 * @param unroll steps per minibatch (T), through which gradients flow
 * @param varied whether minibatches of running text have other numbers of steps about that, see
 *     {@link UnrollSteps}; the learning rate of each is then as much higher or lower
 */
public record RoundPlan(
    int count,
    int syncEvery,
    int batch,
    int unroll,
    @JsonProperty(defaultValue = "false") boolean varied)
    implements Serializable {
  /** The configuration's defaults. */
  static final RoundPlan DEFAULT = new RoundPlan(100, 50, 32, 50);

  private static final int MOST_SEQUENCES = 1_000_000;
  private static final int MOST_STEPS = 100_000;

  public RoundPlan {
    ValueException.unless(count >= 1, "train.rounds", count, "must be >= 1");
    ValueException.unless(syncEvery >= 1, "train.sync_every", syncEvery, "must be >= 1 minibatch");
    ValueException.unlessWithin("train.batch", batch, 1, MOST_SEQUENCES);
    ValueException.unlessWithin("train.unroll", unroll, 1, MOST_STEPS);
    if (varied) {
      UnrollSteps.require(unroll);
    }
  }

  /** Whose minibatches have as many steps. */
  public RoundPlan(int count, int syncEvery, int batch, int unroll) {
    this(count, syncEvery, batch, unroll, false);
  }

  /** The different T of minibatches of running text, ascending. */
  public List<Integer> textSteps() {
    return varied ? UnrollSteps.different(unroll) : List.of(unroll);
  }

  /** What the learning rate of a minibatch of so many steps is multiplied by. */
  double rateOf(int steps) {
    return varied ? (double) steps / unroll : 1;
  }
}
