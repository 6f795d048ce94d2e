package org.rondo.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.Matmul;
import org.rondo.kernels.NativeMemory;

/**
 * Where the time of a step goes: each kind of product and element-wise pass timed where it runs,
 * then each product alone, on operands of the same shapes and layouts that stay where the last call
 * left them. The products' own best against the whole step is the distance to the machine's limit.
 *
 * <p>Usage: {@code StepProfile [--lines] CONFIG [options]}, see {@link Options#parse}, with
 * OMP_NUM_THREADS=1. Prints a table, or {@link Figure}s with {@code --lines}.
 */
public final class StepProfile {
  private static final String LINES = "--lines";

  /** Share of a window that is enough for a product alone. */
  private static final double ALONE = 0.1;

  private final Options options;
  private final Kernels kernels;

  private StepProfile(Options options, Kernels kernels) {
    this.options = options;
    this.kernels = kernels;
  }

  /** Profiles what the arguments name. */
  public static void main(String[] arguments) {
    List<String> all = List.of(arguments);
    boolean lines = !all.isEmpty() && all.get(0).equals(LINES);
    List<String> rest = lines ? all.subList(1, all.size()) : all;
    Profile profile = of(Options.parse(rest.toArray(String[]::new)), Kernels.best());
    if (lines) {
      profile.figures().forEach(figure -> System.out.println(figure.line()));
    } else {
      System.out.print(profile.table());
    }
  }

  static Profile of(Options options, Kernels kernels) {
    return new StepProfile(options, kernels).profile();
  }

  private Profile profile() {
    double step;
    try (var plain = new Step(options, kernels)) {
      Stopwatch.repeat(plain::run, options.warmUp());
      step = Stopwatch.median(plain::run, options.windows(), options.seconds());
    }
    var products = new TimedProducts(kernels.matmul());
    var passes = new TimedPasses(kernels.elementwiseProvider());
    try (var timed = new Step(options, new Kernels(products, passes, kernels.explanation()))) {
      Stopwatch.repeat(timed::run, options.warmUp());
      products.reset();
      passes.reset();
      long before = timed.done();
      double timedStep = Stopwatch.repeat(timed::run, options.windows() * options.seconds());
      long steps = timed.done() - before;
      return new Profile(
          options,
          step,
          timedStep,
          products.packing().milliseconds() / steps,
          productTimes(products.products(), steps),
          passTimes(passes.passes(), steps));
    }
  }

  private List<Profile.ProductTime> productTimes(Map<BoundProduct, Timer> timers, long steps) {
    return perStep(
        timers,
        entry -> {
          double calls = (double) entry.getValue().calls() / steps;
          double inStep = entry.getValue().milliseconds() / steps;
          double alone = calls * alone(entry.getKey());
          return new Profile.ProductTime(entry.getKey(), calls, inStep, alone);
        });
  }

  private static List<Profile.PassTime> passTimes(Map<String, Timer> timers, long steps) {
    return perStep(
        timers,
        entry -> {
          double calls = (double) entry.getValue().calls() / steps;
          double inStep = entry.getValue().milliseconds() / steps;
          return new Profile.PassTime(entry.getKey(), calls, inStep);
        });
  }

  /** Of what ran at all: an inference binds products that only training runs. */
  private static <K, T> List<T> perStep(
      Map<K, Timer> timers, Function<Map.Entry<K, Timer>, T> time) {
    return timers.entrySet().stream()
        .filter(entry -> entry.getValue().calls() > 0)
        .map(time)
        .toList();
  }

  /** Milliseconds of one call. */
  private double alone(BoundProduct product) {
    double seconds = ALONE * options.seconds();
    try (var memory = new NativeMemory()) {
      Matmul.Call call = new Operands(kernels, memory).product(product);
      Stopwatch.repeat(call::run, seconds);
      return Stopwatch.median(call::run, options.windows(), seconds);
    }
  }
}
