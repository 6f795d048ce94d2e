package org.rondo.tasks.tagging;

import java.io.Serializable;
import java.util.List;

/**
 * Which scheme the tags of the training rows keep: that of which the fewest rows are broken, the
 * stricter one of equals. Whole numbers, merged in any order.
 */
final class SchemeCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Stricter ones first: rows without chunks keep all of them. */
  private static final List<ChunkScheme> SCHEMES =
      List.of(ChunkScheme.IOBES, ChunkScheme.IOB2, ChunkScheme.IOB1);

  private final long[] broken = new long[SCHEMES.size()];

  void add(List<String> tags) {
    for (int i = 0; i < broken.length; i++) {
      broken[i] += SCHEMES.get(i).isKept(tags) ? 0 : 1;
    }
  }

  void merge(SchemeCounts other) {
    for (int i = 0; i < broken.length; i++) {
      broken[i] += other.broken[i];
    }
  }

  ChunkScheme scheme() {
    int best = 0;
    for (int i = 1; i < broken.length; i++) {
      best = broken[i] < broken[best] ? i : best;
    }
    return SCHEMES.get(best);
  }
}
