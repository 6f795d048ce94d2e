package org.rondo.models.heads;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;

/**
 * Where the clusters of an {@link AdaptiveSoftmax} begin, by the rank of a class: those below the
 * first one are the short list, then each cluster reaches to the next one or to the last class.
 */
final class Cutoffs {
  /** Option of a head: {@code 2000, 10000}. */
  static final String OPTION = "cutoffs";

  private final List<Integer> starts;
  private final int classes;

  private Cutoffs(List<Integer> starts, int classes) {
    this.starts = starts;
    this.classes = classes;
  }

  /**
   * Those that a head's options give; the ones that lie behind its classes mean nothing to it.
   *
   * @throws ValueException if they are not ascending whole numbers above 0
   */
  static Cutoffs of(HeadSpec spec) {
    String listed = spec.options().values().getOrDefault(OPTION, "").strip();
    var starts = new ArrayList<Integer>();
    int before = 0;
    boolean ascending = true;
    for (String word : listed.isEmpty() ? new String[0] : listed.split("\\s*,\\s*", -1)) {
      int start = word.matches("[0-9]{1,9}") ? Integer.parseInt(word) : 0;
      ascending &= start > before;
      before = start;
      if (start < spec.outputs()) {
        starts.add(start);
      }
    }
    ValueException.unless(
        ascending,
        ValueException.OPTION + OPTION,
        listed,
        "must be ascending whole numbers above 0, such as 2000, 10000");
    return new Cutoffs(List.copyOf(starts), spec.outputs());
  }

  /** N; 0 where all classes are in the short list. */
  int clusters() {
    return starts.size();
  }

  /** Classes of the short list. */
  int shortList() {
    return starts.isEmpty() ? classes : starts.get(0);
  }

  /** First class of a cluster. */
  int start(int cluster) {
    return starts.get(cluster);
  }

  /** Classes of a cluster. */
  int size(int cluster) {
    int end = cluster + 1 < starts.size() ? starts.get(cluster + 1) : classes;
    return end - start(cluster);
  }

  /** The cluster of a class; -1 of one of the short list. */
  int cluster(int of) {
    int cluster = -1;
    while (cluster + 1 < starts.size() && of >= starts.get(cluster + 1)) {
      cluster++;
    }
    return cluster;
  }
}
