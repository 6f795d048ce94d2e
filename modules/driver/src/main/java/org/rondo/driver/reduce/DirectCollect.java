package org.rondo.driver.reduce;

import java.util.List;
import java.util.function.Supplier;
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
  public Supplier<RoundResult> begin(JavaRDD<Contribution> contributions) {
    List<ContributionChunk> all = Guarded.collect(contributions.map(Contribution::whole));
    return () -> ContributionChunk.mean(all, shards);
  }
}
