package org.rondo.ingest;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Locale;

/**
 * Where the training, validation and test texts come from. Paths are Hadoop's; globs are allowed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SplitPlan.ByFraction.class, name = "by-fraction"),
  @JsonSubTypes.Type(value = SplitPlan.ByFile.class, name = "by-file"),
})
public sealed interface SplitPlan {
  /**
   * One text cut in order, in tokens: training first, then validation, test last. Training is the
   * first {@code floor(tokens * (1 - validation - test))} tokens.
   *
   * @param validation fraction in [0, 1)
   * @param test fraction in [0, 1)
   */
  record ByFraction(String path, double validation, double test) implements SplitPlan {
    public ByFraction {
      requirePath("path", path);
      if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "split: fractions must be >= 0 and leave something for training, got validation %s, test %s",
                validation,
                test));
      }
    }
  }

  /**
   * Texts that are split already; {@code validation} and {@code test} are empty where there is
   * none.
   */
  record ByFile(String train, String validation, String test) implements SplitPlan {
    public ByFile {
      requirePath("train", train);
      if (validation == null || test == null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "split: a missing text is \"\", got validation %s, test %s",
                validation,
                test));
      }
    }
  }

  private static void requirePath(String name, String path) {
    if (path == null || path.isBlank()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "split: %s must name a path, got \"%s\"", name, path));
    }
  }
}
