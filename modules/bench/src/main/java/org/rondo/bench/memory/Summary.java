package org.rondo.bench.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The outcomes of one contender at one distance with one learning rate, a seed each. */
record Summary(Contender contender, double learningRate, List<Outcome> seeds) {
  /** The higher accuracy first, then more seeds that learned. */
  static final Comparator<Summary> BETTER =
      Comparator.comparingDouble(Summary::accuracy).thenComparingLong(Summary::learned);

  /** Mean share of right answers. */
  double accuracy() {
    return mean(Outcome::accuracy);
  }

  /** Mean share of clipped minibatches. */
  double clippedShare() {
    return mean(Outcome::clippedShare);
  }

  /** Seeds that learned the task. */
  long learned() {
    return seeds.stream().filter(seed -> seed.learnedAfter().isPresent()).count();
  }

  /** Seeds whose loss or gradient became no finite number. */
  long exploded() {
    return seeds.stream().filter(Outcome::exploded).count();
  }

  /** Median over the seeds that learned, in minibatches; only where {@link #learned} is not 0. */
  int learnedAfter() {
    List<Double> steps =
        seeds.stream()
            .flatMapToInt(s -> s.learnedAfter().stream())
            .asDoubleStream()
            .boxed()
            .toList();
    return (int) median(steps);
  }

  /** Per k, the median of {@link Outcome#before}. */
  List<Double> before() {
    return medians(Outcome::before);
  }

  /** Per k, the median of {@link Outcome#after}; empty where every seed exploded. */
  List<Double> after() {
    return medians(Outcome::after);
  }

  private double mean(ToDoubleFunction<Outcome> figure) {
    return seeds.stream().mapToDouble(figure).sum() / seeds.size();
  }

  private List<Double> medians(Function<Outcome, List<Double>> flow) {
    List<List<Double>> flows = seeds.stream().map(flow).filter(f -> !f.isEmpty()).toList();
    var medians = new ArrayList<Double>();
    for (int k = 0; !flows.isEmpty() && k < flows.get(0).size(); k++) {
      int at = k;
      medians.add(median(flows.stream().map(f -> f.get(at)).toList()));
    }
    return medians;
  }

  /** The lower one of the two in the middle where their number is even. */
  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }
}
