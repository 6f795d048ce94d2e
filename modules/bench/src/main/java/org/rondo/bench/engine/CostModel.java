package org.rondo.bench.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a round takes beside the training in it.
 *
 * <p>On one machine, where the network costs nothing, with P parameters, S shards and E executors:
 *
 * <pre>
 *   fixed + perTask S + perExecutorTask S/E + perParameter P + perContribution P (S/E + S/R) / 2
 * </pre>
 *
 * R of the executors reduce; half of what a contribution costs is spent where it is made, half
 * where it is added. Between machines, bytes over bandwidth come on top, none of it hidden behind
 * other work: the broadcast, twice since executors pass on what they have but not yet all of it;
 * the contributions, by the busier of the executors that send and those that receive; and what the
 * driver collects.
 *
 * @param fixed seconds of a round of any kind: jobs and stages
 * @param perTask seconds that a shard costs the driver
 * @param perExecutorTask seconds that a shard costs its executor
 * @param perParameter seconds per parameter of the driver's work: broadcast, collect, outer step
 * @param perContribution seconds per parameter of handing in and adding one contribution
 */
record CostModel(
    double fixed,
    double perTask,
    double perExecutorTask,
    double perParameter,
    double perContribution) {
  private static final int CONSTANTS = 5;
  private static final int SWEEPS = 20_000;

  /** Copies of a broadcast that pass through the busiest machine. */
  private static final double BROADCAST_COPIES = 2;

  /**
   * A measured round.
   *
   * @param seconds of a round with next to no training in it
   */
  record Measured(RoundShape shape, double seconds) {}

  /**
   * The constants, none below 0, with the least sum of squared relative errors; found by improving
   * one of them at a time.
   *
   * @param cells at least as many as constants, differing in everything that a constant stands for
   */
  static CostModel fit(List<Measured> cells) {
    if (cells.size() < CONSTANTS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "cost model: %d cells cannot give %d constants",
              cells.size(),
              CONSTANTS));
    }
    double[][] rows = new double[cells.size()][];
    double[] rest = new double[rows.length];
    Arrays.fill(rest, 1);
    for (int i = 0; i < rows.length; i++) {
      double seconds = cells.get(i).seconds();
      rows[i] = Arrays.stream(terms(cells.get(i).shape())).map(term -> term / seconds).toArray();
    }
    double[] constants = new double[CONSTANTS];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int c = 0; c < CONSTANTS; c++) {
        improve(rows, rest, constants, c);
      }
    }
    return new CostModel(constants[0], constants[1], constants[2], constants[3], constants[4]);
  }

  /** Sets one constant to its best value beside the others; {@code rest} is what remains. */
  private static void improve(double[][] rows, double[] rest, double[] constants, int c) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < rows.length; i++) {
      product += rows[i][c] * rest[i];
      square += rows[i][c] * rows[i][c];
    }
    double step = Math.max(product / square, -constants[c]);
    constants[c] += step;
    for (int i = 0; i < rows.length; i++) {
      rest[i] -= rows[i][c] * step;
    }
  }

  /** What each constant is multiplied by. */
  private static double[] terms(RoundShape shape) {
    double contributions = (shape.shardsPerExecutor() + shape.contributionsPerReducer()) / 2;
    return new double[] {
      1,
      shape.shards(),
      shape.shardsPerExecutor(),
      shape.parameters(),
      shape.parameters() * contributions
    };
  }

  /** Seconds of a round beside its training, all executors on one machine. */
  double overhead(RoundShape shape) {
    double[] terms = terms(shape);
    return fixed * terms[0]
        + perTask * terms[1]
        + perExecutorTask * terms[2]
        + perParameter * terms[3]
        + perContribution * terms[4];
  }

  /**
   * The same with every executor and the driver on a machine of its own.
   *
   * @param bandwidth of each machine in bytes per second, each way
   */
  double overhead(RoundShape shape, double bandwidth) {
    return overhead(shape) + busiestBytes(shape) / bandwidth;
  }

  private static double busiestBytes(RoundShape shape) {
    double broadcast = (shape.executors() > 1 ? BROADCAST_COPIES : 1) * shape.modelBytes();
    if (shape.direct()) {
      return broadcast + shape.shards() * shape.contributionBytes();
    }
    double others = 1 - 1.0 / shape.executors();
    double exchanged = Math.max(shape.shardsPerExecutor(), shape.contributionsPerReducer());
    return broadcast + exchanged * others * shape.contributionBytes() + shape.modelBytes();
  }

  /**
   * Share of the time in which executors train.
   *
   * @param work seconds of training between two rounds, the same on every executor
   */
  double efficiency(RoundShape shape, double bandwidth, double work) {
    return work / (work + overhead(shape, bandwidth));
  }
}
