package org.rondo.driver.reduce;

import org.apache.spark.Partitioner;

/**
 * Chunk c of the parameter vector goes to reducer {@code c % reducers}: chunks spread evenly, and
 * on equal machines alike, which a hash does not promise.
 */
final class ChunkPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int reducers;

  ChunkPartitioner(int reducers) {
    this.reducers = reducers;
  }

  @Override
  public int numPartitions() {
    return reducers;
  }

  @Override
  public int getPartition(Object chunk) {
    return (Integer) chunk % reducers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkPartitioner p && p.reducers == reducers;
  }

  @Override
  public int hashCode() {
    return reducers;
  }
}
