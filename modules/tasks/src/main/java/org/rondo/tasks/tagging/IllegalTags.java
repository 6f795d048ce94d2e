package org.rondo.tasks.tagging;

import java.util.List;
import java.util.StringJoiner;

/**
 * Which neighbours of tags break the scheme IOB2, or IOBES where it is that: I and E stand behind B
 * or I of their type alone, and in IOBES, B and I before I or E of their type alone.
 */
final class IllegalTags {
  private final List<String> tags;
  private final boolean iobes;

  /**
   * @param tags of the classes
   */
  IllegalTags(List<String> tags, ChunkScheme scheme) {
    this.tags = tags;
    this.iobes = scheme == ChunkScheme.IOBES;
  }

  /** As the option {@code illegal} of the head {@code crf} has them. */
  String option() {
    var pairs = new StringJoiner(", ");
    for (int tag = 0; tag < tags.size(); tag++) {
      if (isIllegal("O", tags.get(tag))) {
        pairs.add("start-" + tag);
      }
      if (isIllegal(tags.get(tag), "O")) {
        pairs.add(tag + "-end");
      }
      for (int next = 0; next < tags.size(); next++) {
        if (isIllegal(tags.get(tag), tags.get(next))) {
          pairs.add(tag + "-" + next);
        }
      }
    }
    return pairs.toString();
  }

  /** The first token at which tags break the scheme, -1 if none does; their number at the end. */
  int firstIllegal(List<String> row) {
    for (int n = 0; n <= row.size(); n++) {
      if (isIllegal(n == 0 ? "O" : row.get(n - 1), n == row.size() ? "O" : row.get(n))) {
        return n;
      }
    }
    return -1;
  }

  private boolean isIllegal(String before, String tag) {
    boolean opens = before.startsWith("B-") || before.startsWith("I-");
    boolean goesOn = tag.startsWith("I-") || tag.startsWith("E-");
    boolean sameType = opens && goesOn && before.substring(2).equals(tag.substring(2));
    return goesOn ? !sameType : iobes && opens;
  }
}
