package org.rondo.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was measured in each of several windows, such as tokens per second.
 *
 * @param windows at least one
 */
public record Rates(List<Double> windows) {
  public Rates {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("rates: no windows");
    }
  }

  /** Reads what {@link #toString} or {@link #text} wrote. */
  public static Rates parse(String text) {
    return new Rates(Arrays.stream(text.split(",")).map(Double::valueOf).toList());
  }

  public double median() {
    List<Double> sorted = windows.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double least() {
    return Collections.min(windows);
  }

  public double most() {
    return Collections.max(windows);
  }

  /** Both together, as what ran side by side in the same windows. */
  Rates plus(Rates other) {
    return new Rates(
        IntStream.range(0, windows.size())
            .mapToObj(i -> windows.get(i) + other.windows.get(i))
            .toList());
  }

  /** The windows of both, as what ran one after the other. */
  public Rates and(Rates other) {
    return new Rates(Stream.concat(windows.stream(), other.windows.stream()).toList());
  }

  @Override
  public String toString() {
    return text(0);
  }

  /** All of them, with so many decimals. */
  public String text(int decimals) {
    return windows.stream()
        .map(rate -> String.format(Locale.ROOT, "%." + decimals + "f", rate))
        .collect(Collectors.joining(","));
  }
}
