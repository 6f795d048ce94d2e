package org.rondo.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The implementations in use: one of products, one of element-wise passes, and why each was chosen.
 *
 * @param explanation a line per implementation found: in use, or not and why
 */
public record Kernels(
    MatmulProvider matmul, ElementwiseProvider elementwiseProvider, List<String> explanation) {
  /** The configuration's word for "the fastest that runs here". */
  public static final String AUTO = "auto";

  /** What the explanation says of an implementation that this machine cannot run. */
  public static final String UNAVAILABLE = "does not run here";

  static final OpenSet<MatmulProvider> MATMULS =
      new OpenSet<>(MatmulProvider.class, "kernels.matmul", "implementation", MatmulProvider::name);

  private static final OpenSet<ElementwiseProvider> ELEMENTWISE =
      new OpenSet<>(
          ElementwiseProvider.class,
          "kernels.elementwise",
          "implementation",
          ElementwiseProvider::name);

  private static final String ONE_THREAD = ", 1 thread";

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  /** The choices that this JVM has logged: an executor makes the same one for every task. */
  private static final Set<List<String>> LOGGED = ConcurrentHashMap.newKeySet();

  /**
   * Chooses by name, or the available one of highest priority for {@value #AUTO}. The explanation
   * is logged once per JVM and choice.
   *
   * @throws IllegalArgumentException if no implementation has that name, or it does not run here
   *     (the message says why)
   */
  public static Kernels choose(String matmul, String elementwise) {
    var products =
        new Choice<>(
            "kernels.matmul",
            MatmulProvider::name,
            MatmulProvider::unavailable,
            MatmulProvider::description);
    var passes =
        new Choice<>(
            "kernels.elementwise",
            ElementwiseProvider::name,
            ElementwiseProvider::unavailable,
            ElementwiseProvider::description);
    var explanation = new ArrayList<String>();
    var kernels =
        new Kernels(
            products.among(
                byPriority(MATMULS, matmul, MatmulProvider::priority), matmul, explanation),
            passes.among(
                byPriority(ELEMENTWISE, elementwise, ElementwiseProvider::priority),
                elementwise,
                explanation),
            List.copyOf(explanation));
    if (LOGGED.add(kernels.explanation)) {
      kernels.explanation.forEach(LOG::info);
    }
    return kernels;
  }

  private static <P> List<P> byPriority(
      OpenSet<P> providers, String wanted, ToIntFunction<P> priority) {
    Map<String, P> known = providers.members();
    boolean missing = !wanted.equals(AUTO) && !known.containsKey(wanted);
    return (missing ? providers.search() : known)
        .values().stream().sorted(Comparator.comparingInt(priority).reversed()).toList();
  }

  /** The fastest implementations that run here. */
  public static Kernels best() {
    return choose(AUTO, AUTO);
  }

  /** The element-wise passes in use, a new object for use by one thread at a time. */
  public Elementwise elementwise() {
    return elementwiseProvider.elementwise();
  }

  /**
   * What decides the bits of a run beside configuration, data and shards: implementations,
   * versions, instruction set, threads of a product, element type.
   */
  public String fingerprint(ElementType precision) {
    return String.format(
        Locale.ROOT,
        "%s (%s%s), %s (%s), %s",
        matmul.name(),
        matmul.description(),
        threads(matmul.threads()),
        elementwiseProvider.name(),
        elementwiseProvider.description(),
        precision);
  }

  private static String threads(OptionalInt count) {
    if (count.isEmpty()) {
      return "";
    }
    return count.getAsInt() == 1 ? ONE_THREAD : ", " + count.getAsInt() + " threads";
  }

  /**
   * Whether two fingerprints stand for the same bits. Versions of Rondo before the count of threads
   * left it out; where they were started as documented, it was one.
   *
   * @param was of an earlier run
   */
  public static boolean sameBits(String was, String now) {
    return was.equals(now) || was.equals(now.replace(ONE_THREAD + ")", ")"));
  }

  /**
   * The fingerprint without the threads of a product: they matter to those who multiply, not to a
   * driver that compares itself with them.
   */
  public static String withoutThreads(String fingerprint) {
    return fingerprint.replaceFirst(", \\d+ threads?\\)", ")");
  }

  /** How one implementation is chosen among those of its kind. */
  private record Choice<P>(
      String key,
      Function<P, String> name,
      Function<P, Optional<String>> unavailable,
      Function<P, String> description) {

    P among(List<P> candidates, String wanted, List<String> explanation) {
      P chosen = null;
      for (P candidate : candidates) {
        String fate = "not chosen";
        if (chosen == null && (wanted.equals(AUTO) || wanted.equals(name.apply(candidate)))) {
          Optional<String> reason = unavailable.apply(candidate);
          if (reason.isEmpty()) {
            chosen = candidate;
          }
          fate =
              reason
                  .map(why -> UNAVAILABLE + ": " + why)
                  .orElseGet(() -> "in use, " + description.apply(candidate));
        }
        explanation.add(
            String.format(Locale.ROOT, "%s = %s: %s", key, name.apply(candidate), fate));
      }
      if (chosen == null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s = %s: no such implementation runs here; %s",
                key,
                wanted,
                explanation));
      }
      return chosen;
    }
  }
}
