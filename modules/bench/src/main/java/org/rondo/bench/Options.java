package org.rondo.bench;

import java.util.Locale;
import java.util.function.Predicate;
import org.rondo.kernels.ElementType;

/**
 * What a benchmark measures and for how long.
 *
 * @param precision of the inputs of products
 * @param mode whole training steps, or forward passes alone
 * @param tasks threads side by side, each with a network of its own
 * @param windows that are measured after the warm-up
 * @param seconds of one window
 * @param warmUp seconds before the first window
 */
record Options(
    Configuration configuration,
    ElementType precision,
    Mode mode,
    int tasks,
    int windows,
    double seconds,
    double warmUp) {
  /** What a step is. */
  enum Mode {
    /** Forward, backward, clipping, update. */
    TRAINING,
    /** Forward without dropout, with the loss. */
    INFERENCE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Options {
    require(tasks, t -> t >= 1, "--tasks must be >= 1");
    require(windows, w -> w >= 1, "--windows must be >= 1");
    require(seconds, s -> s > 0, "--seconds must be > 0");
    require(warmUp, s -> s >= 0, "--warm-up must be >= 0");
  }

  /** The usual measurement of a configuration: training in float32, one task. */
  static Options of(Configuration configuration) {
    return new Options(configuration, ElementType.FLOAT32, Mode.TRAINING, 1, 5, 2, 4);
  }

  /**
   * Reads {@code CONFIG [--precision float32|bfloat16] [--mode training|inference] [--tasks N]
   * [--windows N] [--seconds S] [--warm-up S]}.
   *
   * @throws IllegalArgumentException if an argument is unknown, lacks its value or has a wrong one;
   *     the message names it
   */
  static Options parse(String... arguments) {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("the name of a configuration is missing");
    }
    Options options = of(Configuration.named(arguments[0]));
    for (int i = 1; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%s lacks a value", arguments[i]));
      }
      options = options.with(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private Options with(String name, String value) {
    try {
      return switch (name) {
        case "--precision" -> with(ElementType.valueOf(value.toUpperCase(Locale.ROOT)));
        case "--mode" -> with(Mode.valueOf(value.toUpperCase(Locale.ROOT)));
        case "--tasks" -> withTasks(Integer.parseInt(value));
        case "--windows" -> withWindows(Integer.parseInt(value), seconds, warmUp);
        case "--seconds" -> withWindows(windows, Double.parseDouble(value), warmUp);
        case "--warm-up" -> withWindows(windows, seconds, Double.parseDouble(value));
        default -> throw new IllegalArgumentException("there is no such argument");
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s %s: %s", name, value, e.getMessage()), e);
    }
  }

  /** The same in this precision. */
  Options with(ElementType precision) {
    return new Options(configuration, precision, mode, tasks, windows, seconds, warmUp);
  }

  /** The same of this kind of step. */
  Options with(Mode mode) {
    return new Options(configuration, precision, mode, tasks, windows, seconds, warmUp);
  }

  /** The precision as arguments and configuration name it. */
  String precisionName() {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  private Options withTasks(int tasks) {
    return new Options(configuration, precision, mode, tasks, windows, seconds, warmUp);
  }

  private Options withWindows(int windows, double seconds, double warmUp) {
    return new Options(configuration, precision, mode, tasks, windows, seconds, warmUp);
  }

  private static <T> void require(T value, Predicate<T> condition, String message) {
    if (!condition.test(value)) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "%s, got %s", message, value));
    }
  }
}
