package org.rondo.models.heads.decoder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rondo.models.Hypothesis;

/**
 * The hypotheses of one sequence while they are searched for. A hypothesis that ends leaves the
 * beam, and its place is not filled again; so a beam of 1 takes the most probable label of each
 * step, up to the end.
 */
final class Beam {
  private final SearchPlan plan;
  private final int end;
  private final int longest;
  private final List<Hypothesis> finished = new ArrayList<>();
  private List<Partial> live = new ArrayList<>();

  /**
   * @param end the class that ends labels, and stands before them
   * @param longest the most labels, the end among them; 0 of an empty sequence, which has none
   */
  Beam(SearchPlan plan, int end, int longest) {
    this.plan = plan;
    this.end = end;
    this.longest = longest;
    if (longest > 0) {
      live.add(Partial.first(end));
    }
  }

  /** Those that go on, most probable first. */
  List<Partial> live() {
    return live;
  }

  /** How many may go on. */
  int width() {
    return plan.beam() - finished.size();
  }

  /**
   * Goes on with the most probable ones.
   *
   * @param extensions each of {@link #live} with its most probable labels; of equally probable ones
   *     the first goes on
   */
  void advance(List<Partial> extensions) {
    extensions.sort(Comparator.comparingDouble(Partial::logProbability).reversed());
    live = new ArrayList<>();
    for (Partial each : extensions.subList(0, Math.min(width(), extensions.size()))) {
      if (each.label() == end || each.length() == longest) {
        finished.add(hypothesis(each));
      } else {
        live.add(each);
      }
    }
    if (isDecided()) {
      live = List.of();
    }
  }

  private Hypothesis hypothesis(Partial last) {
    boolean ended = last.label() == end;
    var labels = new int[ended ? last.length() - 1 : last.length()];
    var attention = new float[last.length()][];
    for (Partial each = last; each.before() != null; each = each.before()) {
      attention[each.length() - 1] = each.attention();
      if (each.length() <= labels.length) {
        labels[each.length() - 1] = each.label();
      }
    }
    double score = plan.score(last.logProbability(), last.length()) + plan.coverage(attention);
    return new Hypothesis(labels, ended, last.logProbability(), score, attention);
  }

  /** Whether nothing that goes on can be among the best: it only gets less probable. */
  private boolean isDecided() {
    List<Hypothesis> best = best();
    if (best.size() < plan.best() || !best.get(plan.best() - 1).ended()) {
      return false;
    }
    double least = best.get(plan.best() - 1).score();
    return live.stream().allMatch(each -> plan.score(each.logProbability(), longest) <= least);
  }

  /** The best that are finished: those that ended first, then by their scores. */
  List<Hypothesis> best() {
    return finished.stream()
        .sorted(
            Comparator.comparing(Hypothesis::ended)
                .thenComparingDouble(Hypothesis::score)
                .reversed())
        .limit(plan.best())
        .toList();
  }
}
