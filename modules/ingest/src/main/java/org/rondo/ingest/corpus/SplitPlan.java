package org.rondo.ingest.corpus;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rondo.ingest.Split;
import org.rondo.kernels.ValueException;

/**
 * Where the training, validation and test texts come from. Paths are Hadoop's; globs are allowed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SplitPlan.ByFraction.class, name = "by-fraction"),
  @JsonSubTypes.Type(value = SplitPlan.ByFile.class, name = "by-file"),
  @JsonSubTypes.Type(value = SplitPlan.ByFractionAndFile.class, name = "by-fraction-and-file"),
})
public sealed interface SplitPlan {
  /**
   * The paths by text: {@code all} for one that is cut, or the name of the split that it is as a
   * whole. The text of the training split comes first.
   */
  Map<String, String> texts();

  /** Splits that {@code all} is cut into, in order, with their fractions; training is the rest. */
  default Map<String, Double> fractions() {
    return Map.of();
  }

  /**
   * One text cut in order, in tokens: training first, then validation, test last. Training is the
   * first {@code floor(tokens * (1 - validation - test))} tokens.
   *
   * @param validation fraction in [0, 1)
   * @param test fraction in [0, 1)
   */
  record ByFraction(String path, double validation, double test) implements SplitPlan {
    public ByFraction {
      requirePath("data.path", path);
      requireFractions(validation, test);
    }

    @Override
    public Map<String, String> texts() {
      return Map.of(Origin.ALL, path);
    }

    @Override
    public Map<String, Double> fractions() {
      var fractions = new LinkedHashMap<String, Double>();
      fractions.put(Split.VALIDATION, validation);
      fractions.put(Split.TEST, test);
      return fractions;
    }
  }

  /**
   * Texts that are split already; {@code validation} and {@code test} are empty where there is
   * none.
   */
  record ByFile(String train, String validation, String test) implements SplitPlan {
    public ByFile {
      requirePath("data.train", train);
      requirePathOrNone("data.validation", validation);
      requirePathOrNone("data.test", test);
    }

    @Override
    public Map<String, String> texts() {
      return named(Split.TRAIN, train, validation, test);
    }
  }

  /**
   * A text that is cut as by {@link ByFraction}, for the splits that have no text of their own.
   *
   * @param validationFraction in [0, 1); 0 where {@code validation} is a text
   * @param testFraction in [0, 1); 0 where {@code test} is a text
   * @param validation path, or empty
   * @param test path, or empty
   */
  record ByFractionAndFile(
      String path, double validationFraction, double testFraction, String validation, String test)
      implements SplitPlan {
    public ByFractionAndFile {
      requirePath("data.path or data.train", path);
      requireFractions(validationFraction, testFraction);
      requirePathOrNone("data.validation", validation);
      requirePathOrNone("data.test", test);
      requireOne("validation", validationFraction, validation);
      requireOne("test", testFraction, test);
    }

    @Override
    public Map<String, String> texts() {
      return named(Origin.ALL, path, validation, test);
    }

    @Override
    public Map<String, Double> fractions() {
      var fractions = new LinkedHashMap<String, Double>();
      if (validation.isEmpty()) {
        fractions.put(Split.VALIDATION, validationFraction);
      }
      if (test.isEmpty()) {
        fractions.put(Split.TEST, testFraction);
      }
      return fractions;
    }
  }

  private static Map<String, String> named(
      String first, String path, String validation, String test) {
    var texts = new LinkedHashMap<String, String>();
    texts.put(first, path);
    texts.put(Split.VALIDATION, validation);
    texts.put(Split.TEST, test);
    texts.values().removeIf(String::isEmpty);
    return texts;
  }

  private static void requireFractions(double validation, double test) {
    requireFraction("data.validation_fraction", validation);
    requireFraction("data.test_fraction", test);
    ValueException.unless(
        validation + test < 1,
        "data.validation_fraction",
        validation,
        "leaves nothing for training beside data.test_fraction = " + test);
  }

  private static void requireFraction(String name, double fraction) {
    ValueException.unless(fraction >= 0 && fraction < 1, name, fraction, "must be in [0,1)");
  }

  private static void requireOne(String split, double fraction, String path) {
    ValueException.unless(
        fraction == 0 || path.isEmpty(),
        "data." + split + "_fraction",
        fraction,
        "stands beside data." + split + " = " + path + "; choose one");
  }

  private static void requirePath(String name, String path) {
    ValueException.unless(path != null && !path.isBlank(), name, path, "must name a path");
  }

  private static void requirePathOrNone(String name, String path) {
    ValueException.unless(
        path != null && (path.isEmpty() || !path.isBlank()),
        name,
        path,
        "must name a path, or be empty for none");
  }
}
