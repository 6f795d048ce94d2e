package org.rondo.runs.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.rondo.runs.ScoreFigures;

/**
 * What a search came to.
 *
 * @param trials all of them, in the order of their numbers
 * @param ranking the latest standing of those that have one, the best of the highest rung first
 * @param curves of each of these, by number: round of each evaluation, and the score that decides
 * @param best the trial that won; empty if the search was stopped
 * @param configuration that of the best one's run, as people write its path
 */
public record SearchOutcome(
    List<Trial> trials,
    List<Standing> ranking,
    SortedMap<Integer, SortedMap<Integer, Double>> curves,
    Optional<Trial> best,
    String configuration) {
  public SearchOutcome {
    trials = List.copyOf(trials);
    ranking = List.copyOf(ranking);
  }

  /** A row for each trial that was trained. */
  public SearchTable table() {
    return SearchTable.of(trials, ranking);
  }

  /** Name and value of what scripts read; those of the best trial are missing without one. */
  public Map<String, Object> figures() {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("trials", trials.size());
    best.ifPresent(
        trial -> {
          figures.put("best", trial.number());
          figures.put("keys", trial.changes());
          figures.putAll(ScoreFigures.of(ranking.get(0).scores()));
          figures.put("configuration", configuration);
          figures.put("output", trial.settings().text("output"));
        });
    return figures;
  }
}
