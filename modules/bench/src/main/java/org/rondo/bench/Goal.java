package org.rondo.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rondo.bench.Measurement.Kind;

/**
 * A ratio of speeds and what it is to be at least.
 *
 * @param above what is measured, of a configuration
 * @param below what it is measured against
 * @param least by configuration
 */
record Goal(
    String name,
    Function<String, Kind> above,
    Function<String, Kind> below,
    Map<String, Double> least) {

  private static final Function<String, Kind> RONDO_BFLOAT16 = training(Kind.RONDO, Kind.BFLOAT16);
  private static final Function<String, Kind> PYTORCH_FLOAT32 =
      training(Kind.PYTORCH, Kind.FLOAT32);

  static final List<Goal> ALL =
      List.of(
          new Goal(
              "Rondo bfloat16 / PyTorch float32",
              RONDO_BFLOAT16,
              PYTORCH_FLOAT32,
              Map.of("S", 2.5, "M", 2.7, "C", 2.8, "C128", 2.2, "M-gru", 2.8, "M-vanilla", 2.7)),
          new Goal(
              "Rondo bfloat16 / PyTorch bfloat16",
              RONDO_BFLOAT16,
              training(Kind.PYTORCH, Kind.BFLOAT16),
              Map.of("S", 1.6, "M", 1.6, "C", 1.3, "C128", 1.2, "M-gru", 1.7, "M-vanilla", 1.6)),
          new Goal(
              "Rondo float32 / PyTorch float32",
              training(Kind.RONDO, Kind.FLOAT32),
              PYTORCH_FLOAT32,
              Map.of("S", 1.0, "M", 1.0, "C", 1.0, "C128", 1.0, "M-gru", 1.0, "M-vanilla", 1.0)),
          new Goal(
              "Rondo bfloat16 / DL4J float32",
              RONDO_BFLOAT16,
              training(Kind.DL4J, Kind.FLOAT32),
              Map.of("S", 8.0, "M", 8.0, "C", 8.0, "C128", 12.0)),
          new Goal(
              "Rondo bfloat16, two tasks / one",
              c -> Kind.twoTasks(c, Kind.BFLOAT16),
              RONDO_BFLOAT16,
              Map.of("S", 1.9, "M", 1.9, "C", 1.9, "C128", 1.9)),
          new Goal(
              "inference: Rondo bfloat16 / PyTorch float32",
              inference(Kind.RONDO, Kind.BFLOAT16),
              inference(Kind.PYTORCH, Kind.FLOAT32),
              Map.of("M", 3.0)),
          new Goal(
              "inference: Rondo bfloat16 / PyTorch bfloat16",
              inference(Kind.RONDO, Kind.BFLOAT16),
              inference(Kind.PYTORCH, Kind.BFLOAT16),
              Map.of()));

  private static Function<String, Kind> training(String implementation, String precision) {
    return configuration -> Kind.training(implementation, configuration, precision);
  }

  private static Function<String, Kind> inference(String implementation, String precision) {
    return configuration -> Kind.inference(implementation, configuration, precision);
  }
}
