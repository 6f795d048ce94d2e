package org.rondo.ingest;

import java.util.List;

/**
 * What becomes of a split that is dealt to shards.
 *
 * @param leftover targets that no shard trains
 * @param remarks sentences on how its sequences become minibatches
 */
public record Deal(long leftover, List<String> remarks) {
  public Deal {
    remarks = List.copyOf(remarks);
  }
}
