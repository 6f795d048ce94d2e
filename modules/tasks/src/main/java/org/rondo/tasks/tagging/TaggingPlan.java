package org.rondo.tasks.tagging;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.tasks.TaskSettings;

/**
 * How rows are read.
 *
 * @param lowercase whether words are looked up in small letters
 * @param minimumCount a word seen less often is unknown
 * @param maximumVocabulary ids of words at most, that of unknown ones included; 0 for no limit
 * @param columns roles of further columns of tokens
 * @param shapes whether the shape of each word is an input
 * @param characters of each word that are an input, the first ones; 0 for none
 * @param toIobes whether tags are turned into those of IOBES
 * @param legalOnly whether tags that break their scheme are refused and never predicted
 * @param metric that decides which parameters are best, or {@value #AUTO}
 */
record TaggingPlan(
    boolean lowercase,
    int minimumCount,
    int maximumVocabulary,
    List<String> columns,
    boolean shapes,
    int characters,
    boolean toIobes,
    boolean legalOnly,
    String metric)
    implements Serializable {
  static final String AUTO = "auto";

  /** All that there are; of chunks only where tags are of their kind. */
  static final List<String> METRICS = List.of("chunk-f1", "token-accuracy");

  private static final int MOST_CHARACTERS = 10_000;

  static TaggingPlan of(TaskSettings settings) {
    return new TaggingPlan(
        settings.flag("lowercase"),
        settings.whole("minimum_count", 1, Integer.MAX_VALUE),
        maximumVocabulary(settings),
        columns(settings),
        settings.flag("shapes"),
        settings.whole("characters", 0, MOST_CHARACTERS),
        settings.choice("scheme", List.of("keep", "iobes")).equals("iobes"),
        settings.flag("legal_only"),
        settings.choice("metric", Stream.concat(Stream.of(AUTO), METRICS.stream()).toList()));
  }

  private static int maximumVocabulary(TaskSettings settings) {
    int most = settings.whole("maximum_vocabulary", 0, Integer.MAX_VALUE);
    if (most == 1) {
      throw settings.refusal("maximum_vocabulary", "must be 0 (no limit) or >= 2");
    }
    return most;
  }

  private static List<String> columns(TaskSettings settings) {
    String listed = settings.text("columns");
    List<String> roles =
        listed.isBlank()
            ? List.of()
            : Arrays.stream(listed.split(",", -1)).map(String::strip).toList();
    boolean named = roles.stream().allMatch(role -> role.matches("[A-Za-z0-9_]+"));
    boolean taken = roles.contains(TaggingTask.TOKENS) || roles.contains(TaggingTask.TAGS);
    if (!named || taken || roles.stream().distinct().count() < roles.size()) {
      throw settings.refusal(
          "columns", "must be different names with commas in between, neither tokens nor tags");
    }
    return roles;
  }

  VocabularyPlan words() {
    return new VocabularyPlan(minimumCount, maximumVocabulary);
  }
}
