package org.rondo.ingest;

import java.util.List;

/**
 * What becomes of a text, or of sequences, that are dealt to shards.
 *
 * @param leftover targets that no shard trains
 * @param remarks sentences that the user should read
 */
public record DealtText(long leftover, List<String> remarks) {
  public DealtText {
    remarks = List.copyOf(remarks);
  }
}
