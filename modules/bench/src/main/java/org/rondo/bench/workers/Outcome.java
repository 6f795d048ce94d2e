package org.rondo.bench.workers;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one synchronizer came to with one number of shards: all seeds at the learning rate that gave
 * the lowest perplexity with the lowest seed.
 *
 * @param chosen the runs of that rate, one per seed
 */
record Outcome(List<Run> chosen) {
  Outcome {
    chosen = List.copyOf(chosen);
  }

  /**
   * Chooses the learning rate.
   *
   * @param runs of one model, synchronizer and number of shards; none give no outcome
   */
  static Optional<Outcome> of(List<Run> runs) {
    return runs.stream()
        .min(Comparator.comparingInt(Run::seed).thenComparingDouble(Run::perplexity))
        .map(
            best ->
                new Outcome(
                    runs.stream().filter(r -> r.learningRate() == best.learningRate()).toList()));
  }

  double learningRate() {
    return chosen.get(0).learningRate();
  }

  /** Over the seeds; infinite if one of them came to no number. */
  double mean() {
    return chosen.stream().mapToDouble(Run::perplexity).sum() / chosen.size();
  }

  /** Half the distance between the worst and the best seed; 0 for a single one. */
  double spread() {
    var perplexities = chosen.stream().mapToDouble(Run::perplexity).summaryStatistics();
    return chosen.size() == 1 ? 0 : (perplexities.getMax() - perplexities.getMin()) / 2;
  }
}
