package org.rondo.tasks.classification;

import java.util.LinkedHashSet;
import java.util.Set;
import org.rondo.tasks.Example;

/** The labels of a row. */
final class RowLabels {
  private RowLabels() {}

  /** Without repetitions; just one unless there may be several. */
  static Set<String> of(Example row, boolean several) {
    return several
        ? new LinkedHashSet<>(row.tokens(ClassificationTask.LABEL))
        : Set.of(row.text(ClassificationTask.LABEL));
  }
}
