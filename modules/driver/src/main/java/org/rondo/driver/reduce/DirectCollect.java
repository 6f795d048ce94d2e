package org.rondo.driver.reduce;

import org.apache.spark.api.java.JavaRDD;
import org.rondo.driver.jobs.Guarded;
import org.rondo.training.RoundResult;

/** Every shard's whole contribution comes to the driver, which adds them up. */
final class DirectCollect implements Reduction {
  private final int shards;

  DirectCollect(int shards) {
    this.shards = shards;
  }

  @Override
  public RoundResult reduce(JavaRDD<Contribution> contributions) {
    return ContributionChunk.mean(Guarded.collect(contributions.map(Contribution::whole)), shards);
  }
}
