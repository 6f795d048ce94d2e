package org.rondo.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The implementations in use: one of products, one of element-wise passes, and why each was chosen.
 *
 * @param explanation a line per implementation found: in use, or not and why
 */
public record Kernels(
    MatmulProvider matmul, ElementwiseProvider elementwiseProvider, List<String> explanation) {
  /** The configuration's word for "the fastest that runs here". */
  public static final String AUTO = "auto";

  /**
   * Chooses by name, or the available one of highest priority for {@value #AUTO}.
   *
   * @throws IllegalArgumentException if no implementation has that name, or it does not run here
   *     (the message says why)
   */
  public static Kernels choose(String matmul, String elementwise) {
    var explanation = new ArrayList<String>();
    var product = new Choice<MatmulProvider>("kernels.matmul", explanation);
    for (MatmulProvider p :
        ServiceLoader.load(MatmulProvider.class, Kernels.class.getClassLoader())) {
      product.add(p, p.name(), p.priority());
    }
    var passes = new Choice<ElementwiseProvider>("kernels.elementwise", explanation);
    for (ElementwiseProvider p :
        ServiceLoader.load(ElementwiseProvider.class, Kernels.class.getClassLoader())) {
      passes.add(p, p.name(), p.priority());
    }
    return new Kernels(
        product.choose(matmul, MatmulProvider::unavailable, MatmulProvider::description),
        passes.choose(
            elementwise, ElementwiseProvider::unavailable, ElementwiseProvider::description),
        List.copyOf(explanation));
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
   * versions, instruction set, element type.
   */
  public String fingerprint(ElementType precision) {
    return "%s (%s), %s (%s), %s"
        .formatted(
            matmul.name(),
            matmul.description(),
            elementwiseProvider.name(),
            elementwiseProvider.description(),
            precision);
  }

  private static final class Choice<P> {
    private record Candidate<P>(P provider, String name, int priority) {}

    private final String key;
    private final List<String> explanation;
    private final List<Candidate<P>> candidates = new ArrayList<>();

    Choice(String key, List<String> explanation) {
      this.key = key;
      this.explanation = explanation;
    }

    void add(P provider, String name, int priority) {
      candidates.add(new Candidate<>(provider, name, priority));
    }

    P choose(
        String wanted,
        java.util.function.Function<P, Optional<String>> unavailable,
        java.util.function.Function<P, String> description) {
      candidates.sort(Comparator.comparingInt(c -> -c.priority()));
      P chosen = null;
      for (Candidate<P> c : candidates) {
        boolean eligible = wanted.equals(AUTO) || wanted.equals(c.name());
        Optional<String> reason =
            eligible && chosen == null ? unavailable.apply(c.provider()) : Optional.empty();
        boolean taken = eligible && chosen == null && reason.isEmpty();
        if (taken) {
          chosen = c.provider();
        }
        explanation.add(
            "%s = %s: %s"
                .formatted(
                    key,
                    c.name(),
                    taken
                        ? "in use, " + description.apply(c.provider())
                        : reason.map(r -> "does not run here: " + r).orElse("not chosen")));
      }
      if (chosen == null) {
        throw new IllegalArgumentException(
            "%s = %s: no such implementation runs here; %s".formatted(key, wanted, explanation));
      }
      return chosen;
    }
  }
}
