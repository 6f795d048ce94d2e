package org.rondo.tasks.tagging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.tasks.Example;
import org.rondo.tasks.LabelSet;
import org.rondo.tasks.LabelSet.Label;

/** What stands in a row, checked. */
final class TaggedRow {
  private TaggedRow() {}

  /**
   * One of the columns of tokens.
   *
   * @throws org.rondo.tasks.BadExampleException if it is not as long as the row's tokens
   */
  static List<String> tokens(Example row, String role) {
    List<String> found = row.tokens(role);
    int expected = row.tokens(TaggingTask.TOKENS).size();
    if (found.size() != expected) {
      throw row.refused(
          role,
          String.format(
              Locale.ROOT,
              "holds %s for %s",
              Counted.of(found.size(), "value"),
              Counted.of(expected, "token")));
    }
    return found;
  }

  /**
   * The tags that are learned.
   *
   * @throws org.rondo.tasks.BadExampleException if they are to be of IOBES and say nothing of
   *     chunks
   */
  static List<String> tags(Example row, boolean toIobes) {
    List<String> found = tokens(row, TaggingTask.TAGS);
    if (toIobes) {
      requireTagsOfChunks(row, found);
    }
    return toIobes ? ChunkScheme.IOBES.of(found) : found;
  }

  static void requireTagsOfChunks(Example row, List<String> tags) {
    for (String tag : tags) {
      if (!tag.equals("O") && !ChunkScheme.tagsChunks(List.of(tag))) {
        throw row.refused(
            TaggingTask.TAGS,
            String.format(
                Locale.ROOT, "holds '%s', which is neither O nor B-, I-, E- or S- of a type", tag));
      }
    }
  }

  /** With B, I, E and S of every type: rows to evaluate may have what training rows do not. */
  static LabelSet withAllOfIobes(LabelSet found) {
    var all = new ArrayList<>(found.all());
    for (Label label : found.all()) {
      for (String kind : List.of("B", "I", "E", "S")) {
        String tag = kind + label.name().substring(1);
        if (!label.name().equals("O") && all.stream().noneMatch(each -> each.name().equals(tag))) {
          all.add(new Label(tag, 0));
        }
      }
    }
    return new LabelSet(all);
  }
}
