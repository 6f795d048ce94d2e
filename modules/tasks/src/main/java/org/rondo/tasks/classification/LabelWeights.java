package org.rondo.tasks.classification;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.rondo.tasks.LabelSet;
import org.rondo.tasks.LabelSet.Label;
import org.rondo.tasks.TaskSettings;

/** How much a row counts by its label: the key {@code class_weights}. */
final class LabelWeights {
  private static final String KEY = "class_weights";
  private static final String NONE = "none";
  private static final String BALANCED = "balanced";

  private final TaskSettings settings;
  private final String text;
  private final Map<String, String> listed = new LinkedHashMap<>();

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if it is no word and no list of labels with weights
   */
  LabelWeights(TaskSettings settings) {
    this.settings = settings;
    this.text = settings.text(KEY);
    if (!text.equals(NONE) && !text.equals(BALANCED)) {
      Arrays.stream(text.split(",", -1)).forEach(this::list);
    }
    if (!text.equals(NONE) && settings.flag("several_labels")) {
      throw settings.refusal(KEY, "must be none with classification.several_labels = true");
    }
  }

  private void list(String each) {
    int colon = each.lastIndexOf(':');
    String weight = each.substring(colon + 1).strip();
    boolean number = weight.matches("[0-9]{1,9}(\\.[0-9]{1,9})?");
    if (colon < 0 || !number || listed.put(each.substring(0, colon).strip(), weight) != null) {
      throw settings.refusal(
          KEY, "must be none, balanced, or labels with numbers >= 0 such as spam:2.5, ham:1");
    }
  }

  /** Whether labels count differently. */
  boolean areGiven() {
    return !text.equals(NONE);
  }

  /**
   * The option of the head: a weight for each label in their order. Balanced ones are rows /
   * (labels x rows of the label), so that every label counts as much as another.
   *
   * @throws IllegalArgumentException if a label is none of the training rows'
   */
  String option(LabelSet labels) {
    for (String label : listed.keySet()) {
      if (labels.index(label) < 0) {
        throw settings.refusal(
            KEY,
            String.format(Locale.ROOT, "no training row has '%s'; they have %s", label, labels));
      }
    }
    long rows = labels.all().stream().mapToLong(Label::count).sum();
    return labels.all().stream()
        .map(
            label ->
                text.equals(BALANCED)
                    ? balanced(rows, labels.size(), label.count())
                    : listed.getOrDefault(label.name(), "1"))
        .collect(Collectors.joining(", "));
  }

  private static String balanced(long rows, int labels, long count) {
    return String.format(Locale.ROOT, "%.9f", rows / ((double) labels * count));
  }
}
