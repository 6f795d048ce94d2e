package org.rondo.runs.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rondo.kernels.CounterRandom;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;

/**
 * The keys that a search varies, each with its {@link Values}: all their combinations, or a random
 * sample of them, in which every key is drawn by itself (Bergstra and Bengio 2012).
 *
 * @param values by key, in the order of the keys
 */
record SearchSpace(SortedMap<String, Values> values) {
  static final String PREFIX = "search.keys.";

  private static final int MOST = 10_000;
  private static final int DRAWS_PER_SAMPLE = 100;

  /** Under which runs lie elsewhere, cannot be compared, or are no work of equal size. */
  private static final List<String> FIXED =
      List.of("output", "data.prepared", "task", "evaluate.metric", "train.time_limit");

  /** Of a language model, whose scores are losses per token of the validation text. */
  private static final List<String> FIXED_OF_TEXT = List.of("data.", "evaluate.streams");

  /**
   * What the section {@code search.keys} says.
   *
   * @throws SettingsException naming the key that cannot be searched or the values that it has not
   */
  static SearchSpace of(Settings settings) {
    SortedMap<String, String> given = settings.section(PREFIX);
    SortedSet<String> names = new TreeSet<>();
    given.keySet().forEach(name -> names.add(name.replaceFirst("\\.(min|max|log)$", "")));
    boolean ofText = new Plans(settings).ofText();
    var values = new TreeMap<String, Values>();
    for (String name : names) {
      if (FIXED.contains(name) || name.startsWith("search.") || name.startsWith("spark.")) {
        throw new SettingsException(PREFIX + name + ": " + name + " cannot be searched");
      }
      if (ofText && FIXED_OF_TEXT.stream().anyMatch(name::startsWith)) {
        throw new SettingsException(
            String.format(
                Locale.ROOT,
                "%s%s: %s cannot be searched with task = language-model: losses per token compare models that are measured on the same tokens alone",
                PREFIX,
                name,
                name));
      }
      values.put(
          name,
          given.containsKey(name)
              ? Values.Choice.parse(PREFIX + name, given.get(name))
              : range(name, given, settings));
    }
    if (values.isEmpty()) {
      throw new SettingsException(
          "search.keys is empty: give it the keys to search, such as search.keys.network.units = [64, 128]");
    }
    return new SearchSpace(values);
  }

  private static Values.Range range(String name, Map<String, String> given, Settings settings) {
    double min = number(name + ".min", given);
    double max = number(name + ".max", given);
    String log = given.getOrDefault(name + ".log", "false");
    if (!log.equals("true") && !log.equals("false")) {
      throw refused(name + ".log", log, "must be true or false");
    }
    boolean logarithmic = log.equals("true");
    if (!(max > min) || (logarithmic && min <= 0)) {
      throw refused(
          name + ".min",
          given.get(name + ".min"),
          "must be below max = " + given.get(name + ".max") + (logarithmic ? ", and above 0" : ""));
    }
    return new Values.Range(min, max, logarithmic, settings.isWhole(name));
  }

  private static double number(String name, Map<String, String> given) {
    try {
      double value = Double.parseDouble(given.getOrDefault(name, ""));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw refused(
        name, given.get(name), "must be a number; a range has min and max, and log if it likes");
  }

  private static SettingsException refused(String name, String value, String rule) {
    return new SettingsException(
        String.format(Locale.ROOT, "%s%s = %s: %s", PREFIX, name, value, rule));
  }

  /**
   * The trials' values by key.
   *
   * @param samples to draw; 0 for all combinations
   * @throws SettingsException if all combinations of a range are asked for, or too many trials
   */
  List<SortedMap<String, String>> trials(int samples, long seed) {
    boolean finite = values.values().stream().allMatch(Values.Choice.class::isInstance);
    if (!finite && samples == 0) {
      throw new SettingsException(
          "search.samples = 0: takes all combinations, and a range has no end of them; say how many to draw");
    }
    long combinations = finite ? combinations() : Long.MAX_VALUE;
    long count = samples == 0 ? combinations : Math.min(samples, combinations);
    if (count > MOST) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "search.samples = %d: makes more than %d trials; lower it, or give fewer values",
              samples,
              MOST));
    }
    if (samples == 0) {
      return grid();
    }
    Set<SortedMap<String, String>> drawn = sample((int) count, seed);
    if (count == combinations) {
      drawn.addAll(grid());
    }
    return List.copyOf(drawn);
  }

  private long combinations() {
    long product = 1;
    for (Values each : values.values()) {
      product = Math.min(MOST + 1L, product * ((Values.Choice) each).all().size());
    }
    return product;
  }

  /** The last key's values change fastest. */
  private List<SortedMap<String, String>> grid() {
    List<SortedMap<String, String>> all = List.of(new TreeMap<>());
    for (Map.Entry<String, Values> each : values.entrySet()) {
      var longer = new ArrayList<SortedMap<String, String>>();
      for (SortedMap<String, String> begun : all) {
        for (String value : ((Values.Choice) each.getValue()).all()) {
          var one = new TreeMap<>(begun);
          one.put(each.getKey(), value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }

  /** Different ones; the first n of more samples are those of n. */
  private Set<SortedMap<String, String>> sample(int count, long seed) {
    CounterRandom random = CounterRandom.of(seed).derive("search");
    Set<SortedMap<String, String>> drawn = new LinkedHashSet<>();
    for (int draw = 0; drawn.size() < count && draw < DRAWS_PER_SAMPLE * count; draw++) {
      var one = new TreeMap<String, String>();
      for (Map.Entry<String, Values> each : values.entrySet()) {
        one.put(each.getKey(), each.getValue().at(random.derive(each.getKey()).uniform(draw)));
      }
      drawn.add(one);
    }
    return drawn;
  }
}
