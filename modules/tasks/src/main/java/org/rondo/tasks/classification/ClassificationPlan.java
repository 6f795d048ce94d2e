package org.rondo.tasks.classification;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.rondo.tasks.TaskSettings;

/**
 * How rows are read.
 *
 * @param input the word of an {@link InputKind}, or {@value #AUTO}: what the rows have
 * @param lowercase whether letters are made small first
 * @param minimumCount a token seen less often is unknown
 * @param maximumVocabulary ids at most, that of unknown tokens included; 0 for no limit
 * @param maximumLength steps that are kept of a row, its first ones; 0 for all
 * @param standardize whether every channel of a series gets the mean 0 and the deviation 1
 * @param severalLabels whether a row has any number of labels
 * @param metric that decides which parameters are best, or {@value #AUTO}
 */
record ClassificationPlan(
    String input,
    boolean lowercase,
    int minimumCount,
    int maximumVocabulary,
    int maximumLength,
    boolean standardize,
    boolean severalLabels,
    String metric)
    implements Serializable {
  static final String AUTO = "auto";

  static ClassificationPlan of(TaskSettings settings) {
    boolean severalLabels = settings.flag("several_labels");
    List<String> kinds = Arrays.stream(InputKind.values()).map(InputKind::word).toList();
    return new ClassificationPlan(
        settings.choice("input", withAuto(kinds)),
        settings.flag("lowercase"),
        settings.whole("minimum_count", 1, Integer.MAX_VALUE),
        maximumVocabulary(settings),
        settings.whole("maximum_length", 0, Integer.MAX_VALUE),
        settings.flag("standardize"),
        severalLabels,
        settings.choice("metric", withAuto(ClassificationMetrics.names(severalLabels))));
  }

  private static int maximumVocabulary(TaskSettings settings) {
    int most = settings.whole("maximum_vocabulary", 0, Integer.MAX_VALUE);
    if (most == 1) {
      throw settings.refusal("maximum_vocabulary", "must be 0 (no limit) or >= 2");
    }
    return most;
  }

  private static List<String> withAuto(List<String> words) {
    return Stream.concat(Stream.of(AUTO), words.stream()).toList();
  }

  /** Whether the rows decide what is read. */
  boolean isAuto() {
    return input.equals(AUTO);
  }

  /** Whether that kind may be read: of a text left to the rows, words are. */
  boolean allows(InputKind kind) {
    return isAuto() ? kind != InputKind.CHARACTERS : input.equals(kind.word());
  }
}
