package org.rondo.runs.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.rondo.kernels.ValueException;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;

/**
 * What a search tries, and how.
 *
 * @param output folder of the search
 * @param trials in the order of their numbers
 * @param parallel trials that are trained side by side
 */
record SearchPlan(String output, List<Trial> trials, int parallel, Halving halving) {
  private static final String SECTION = "search.";

  SearchPlan {
    trials = List.copyOf(trials);
    ValueException.unless(
        parallel >= 1 && parallel <= 1000, "search.parallel", parallel, "must be from 1 to 1000");
  }

  /**
   * What the section {@code search} of the settings says. Every trial's settings are checked as far
   * as they can be before anything is read.
   *
   * @throws SettingsException naming the key that is wrong, and the trial
   */
  static SearchPlan of(Settings settings) {
    var plans = new Plans(settings);
    if (plans.timeLimit().minutes() > 0) {
      throw settings.refusal(
          "train.time_limit", "is not for a search, whose trials do equal work; leave it out");
    }
    int samples = settings.whole("search.samples");
    if (samples < 0) {
      throw settings.refusal("search.samples", "must be >= 0 (0: all combinations)");
    }
    var trials = new ArrayList<Trial>();
    for (SortedMap<String, String> changes :
        SearchSpace.of(settings).trials(samples, settings.wholeLong("search.seed"))) {
      trials.add(trial(trials.size() + 1, changes, settings, plans));
    }
    return settings.checked(
        () ->
            new SearchPlan(
                plans.output(),
                trials,
                settings.whole("search.parallel"),
                new Halving(
                    settings.whole("search.halving.rungs"),
                    settings.whole("search.halving.factor"))));
  }

  private static Trial trial(
      int number, SortedMap<String, String> changes, Settings settings, Plans plans) {
    Settings own =
        settings
            .without(SECTION)
            .with(changes, "search.keys")
            .with(
                Map.of(
                    "output",
                    plans.output() + "/" + Trial.name(number),
                    "data.prepared",
                    plans.prepared()),
                "search");
    var trial = new Trial(number, changes, own);
    try {
      new Plans(own).check();
    } catch (SettingsException e) {
      throw new SettingsException(
          String.format(Locale.ROOT, "%s: %s", trial.text(), e.getMessage()), e);
    }
    return trial;
  }
}
