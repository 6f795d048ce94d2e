package org.rondo.training.workspace;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.MatmulProvider;
import org.rondo.kernels.ValueException;

/**
 * Which kernels train.
 *
 * @param matmul implementation of matrix products by name, or {@code auto}
 * @param elementwise implementation of element-wise passes by name, or {@code auto}
 * @param precision what inputs of matrix products are rounded to: {@code float32}, {@code
 *     bfloat16}, or {@code auto}, which {@link #decided} turns into one of them
 * @param allowMixed whether machines with different kernel fingerprints may train together, giving
 *     up equal bits
 */
public record KernelPlan(String matmul, String elementwise, String precision, boolean allowMixed)
    implements Serializable {
  private static final String FLOAT32 = "float32";
  private static final String BFLOAT16 = "bfloat16";

  /** The configuration's defaults. */
  public static final KernelPlan DEFAULT = of(Kernels.AUTO);

  public KernelPlan {
    ValueException.unlessGiven("kernels.matmul", matmul);
    ValueException.unlessGiven("kernels.elementwise", elementwise);
    ValueException.unless(
        Arrays.asList(FLOAT32, BFLOAT16, Kernels.AUTO).contains(precision),
        "precision",
        precision,
        "must be float32, bfloat16 or auto");
  }

  /** The fastest kernels that run, in that precision, the same on every machine. */
  public static KernelPlan of(String precision) {
    return new KernelPlan(Kernels.AUTO, Kernels.AUTO, precision, false);
  }

  /**
   * The kernels on this machine.
   *
   * @throws IllegalArgumentException if one that is named does not run here
   */
  public Kernels choose() {
    return Kernels.choose(matmul, elementwise);
  }

  /**
   * Whether this machine multiplies bfloat16 at its speed, not by rounding and float32 products.
   *
   * @throws IllegalArgumentException as {@link #choose}
   */
  public boolean multipliesBfloat16() {
    return choose().matmul().multiplies(ElementType.BFLOAT16);
  }

  /**
   * The same with a precision that is no longer {@code auto}.
   *
   * @param bfloat16 whether {@link #multipliesBfloat16} holds on every machine of the run
   */
  public KernelPlan decided(boolean bfloat16) {
    if (!precision.equals(Kernels.AUTO)) {
      return this;
    }
    return new KernelPlan(matmul, elementwise, bfloat16 ? BFLOAT16 : FLOAT32, allowMixed);
  }

  /**
   * How the inputs of matrix products are stored.
   *
   * @throws IllegalStateException if the precision is not {@link #decided}
   */
  public ElementType elementType() {
    return switch (precision) {
      case FLOAT32 -> ElementType.FLOAT32;
      case BFLOAT16 -> ElementType.BFLOAT16;
      default -> throw new IllegalStateException("precision = auto is not decided");
    };
  }

  /**
   * What decides the bits of a result on this machine.
   *
   * @throws IllegalArgumentException as {@link #choose}
   * @throws IllegalStateException as {@link #elementType}
   */
  public String fingerprint() {
    return choose().fingerprint(elementType());
  }

  /** A sentence for users who asked for bfloat16 where it only costs; empty for all others. */
  public Optional<String> slowPrecision() {
    if (!precision.equals(BFLOAT16) || multipliesBfloat16()) {
      return Optional.empty();
    }
    MatmulProvider products = choose().matmul();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "precision = bfloat16 is slower here than float32: %s (%s) has no products of bfloat16, so it rounds inputs and multiplies them in float32, in up to twice the off-heap memory",
            products.name(),
            products.description()));
  }

  /** Sentences for users whose machine lacks what would run faster; empty where nothing does. */
  public List<String> fallbacks() {
    return choose().explanation().stream()
        .filter(line -> line.contains(Kernels.UNAVAILABLE))
        .map(line -> line + "; a slower one runs, and rondo doctor says the cure")
        .toList();
  }
}
