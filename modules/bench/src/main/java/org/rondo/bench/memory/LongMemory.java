package org.rondo.bench.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs every {@link Contender} at every distance with every learning rate and seed, as many at once
 * as there are cores; prints tables in Markdown and writes the picture. Results depend neither on
 * time nor on the number of cores.
 *
 * <p>Usage: {@code LongMemory PICTURE.svg} with OMP_NUM_THREADS=1.
 */
public final class LongMemory {
  private static final List<Integer> DISTANCES = List.of(10, 30, 100);
  private static final List<Double> LEARNING_RATES = List.of(0.03, 1.0);
  private static final int SEEDS = 3;

  private static final String LEARNING =
      """
      Right answers after training, seeds that learned it and after how many minibatches (median), and the better learning rate.
      Who guesses is right in 12 %.

      """;

  private static final String GRADIENTS =
      """
      Norm of the gradient T steps back as a part of that at k = 0, before and after training, and the share of clipped steps.

      """;

  private LongMemory() {}

  /** Runs the study. */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    if (args.length != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "usage: LongMemory PICTURE.svg, got %d arguments", args.length));
    }
    List<List<Summary>> rows = rows();
    var tables = new Tables(DISTANCES, rows);
    Files.writeString(Path.of(args[0]), FlowPicture.of(DISTANCES, rows));
    System.out.println(LEARNING + tables.learning());
    System.out.println(GRADIENTS + tables.gradients());
  }

  private static List<List<Summary>> rows() throws InterruptedException, ExecutionException {
    ExecutorService cores =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      var running = new ArrayList<List<Future<Summary>>>();
      for (Contender contender : Contender.all()) {
        running.add(
            DISTANCES.stream()
                .map(distance -> cores.submit(() -> best(contender, distance)))
                .toList());
      }
      var rows = new ArrayList<List<Summary>>();
      for (List<Future<Summary>> columns : running) {
        var row = new ArrayList<Summary>();
        for (Future<Summary> column : columns) {
          row.add(column.get());
        }
        rows.add(row);
      }
      return rows;
    } finally {
      cores.shutdownNow();
    }
  }

  /** What the better one of the learning rates gives. */
  private static Summary best(Contender contender, int distance) {
    return LEARNING_RATES.stream()
        .map(rate -> summary(contender, distance, rate))
        .max(Summary.BETTER)
        .orElseThrow();
  }

  private static Summary summary(Contender contender, int distance, double learningRate) {
    var seeds = new ArrayList<Outcome>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      seeds.add(Trial.run(contender, distance, learningRate, seed));
    }
    return new Summary(contender, learningRate, seeds);
  }
}
