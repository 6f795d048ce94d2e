package org.rondo.evaluation.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tags such as {@code B-PER}: B begins a chunk, I goes on, E ends it, S is a chunk of one token,
 * {@code O} is outside of chunks; behind the first hyphen stands its type, which is empty where
 * there is no hyphen.
 *
 * <p>Whether a token goes on with the chunk of the one before it depends on their two tags alone:
 * it does if the types are equal, the tag before it is no E and no S, and its own is no B and no S.
 * Otherwise that chunk ends, and one begins unless the token is outside. For tags B, I and O, and
 * for I, O and E, that is what conlleval decides.
 */
public final class ChunkTags implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A class that stands for no tag. */
  public static final int OUTSIDE = -1;

  private final ArrayList<String> types = new ArrayList<>();

  /** Of each tag; -1 outside. */
  private final int[] typeOf;

  private final boolean[] begins;
  private final boolean[] ends;

  /** Of the classes. */
  public ChunkTags(List<String> tags) {
    typeOf = new int[tags.size()];
    begins = new boolean[tags.size()];
    ends = new boolean[tags.size()];
    for (int tag = 0; tag < typeOf.length; tag++) {
      String text = tags.get(tag);
      int hyphen = text.indexOf('-');
      String kind = hyphen < 0 ? text : text.substring(0, hyphen);
      typeOf[tag] =
          kind.equals("O") ? OUTSIDE : number(hyphen < 0 ? "" : text.substring(hyphen + 1));
      begins[tag] = kind.equals("B") || kind.equals("S");
      ends[tag] = kind.equals("E") || kind.equals("S");
    }
  }

  private int number(String type) {
    if (!types.contains(type)) {
      types.add(type);
    }
    return types.indexOf(type);
  }

  /** Of chunks, in the order of the tags that name them first. */
  public List<String> types() {
    return Collections.unmodifiableList(types);
  }

  /** The type of a tag, as an index; -1 if it is outside. */
  public int type(int tag) {
    return tag < 0 ? OUTSIDE : typeOf[tag];
  }

  /**
   * Whether token n belongs to the chunk of token n - 1; the token behind the last one does not.
   */
  public boolean continues(int[] sequence, int n) {
    if (n == 0 || n == sequence.length) {
      return false;
    }
    int before = sequence[n - 1];
    int tag = sequence[n];
    return type(tag) >= 0 && type(tag) == type(before) && !ends[before] && !begins[tag];
  }
}
