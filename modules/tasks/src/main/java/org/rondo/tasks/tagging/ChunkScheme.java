package org.rondo.tasks.tagging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.rondo.evaluation.metrics.ChunkTags;

/**
 * How tags say where chunks begin and end (Ramshaw and Marcus 1995, Tjong Kim Sang and Veenstra
 * 1999). Chunks are read as {@link ChunkTags} reads them, whatever the scheme.
 */
enum ChunkScheme {
  /** Tags that say nothing of chunks, or that are left as they are. */
  NONE,
  /** I within chunks; B at the start of one that follows another of its type. */
  IOB1,
  /** B at every start, I behind it. */
  IOB2,
  /** B at every start, I behind it, E at the end; S for a chunk of one token. */
  IOBES;

  private static final String OUTSIDE = "O";

  /** Whether all of these are tags of chunks. */
  static boolean tagsChunks(List<String> tags) {
    return tags.stream().allMatch(tag -> tag.equals(OUTSIDE) || tag.matches("[BIES]-.*"))
        && tags.stream().anyMatch(tag -> !tag.equals(OUTSIDE));
  }

  /**
   * The same chunks in this scheme.
   *
   * @param tags of any scheme
   */
  List<String> of(List<String> tags) {
    if (this == NONE) {
      return tags;
    }
    var converted = new ArrayList<String>(Collections.nCopies(tags.size(), OUTSIDE));
    var chunks = new ChunkTags(tags);
    int[] places = IntStream.range(0, tags.size()).toArray();
    int start = 0;
    for (int n = 1; n <= places.length; n++) {
      if (!chunks.continues(places, n)) {
        boolean follows = start > 0 && chunks.type(start - 1) == chunks.type(start);
        if (chunks.type(start) >= 0) {
          write(converted, start, n, chunks.types().get(chunks.type(start)), follows);
        }
        start = n;
      }
    }
    return converted;
  }

  private void write(List<String> tags, int start, int end, String type, boolean follows) {
    for (int n = start; n < end; n++) {
      tags.set(n, kind(n == start, n == end - 1, follows) + "-" + type);
    }
  }

  /** The letter of a token within a chunk. */
  private String kind(boolean first, boolean last, boolean follows) {
    return switch (this) {
      case IOB1 -> first && follows ? "B" : "I";
      case IOB2 -> first ? "B" : "I";
      default -> first ? (last ? "S" : "B") : (last ? "E" : "I");
    };
  }

  /** Whether tags are written as this scheme writes them. */
  boolean isKept(List<String> tags) {
    return of(tags).equals(tags);
  }
}
