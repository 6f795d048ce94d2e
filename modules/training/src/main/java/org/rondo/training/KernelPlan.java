package org.rondo.training;

import java.io.Serializable;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;

/**
 * Which kernels train.
 *
 * @param matmul implementation of matrix products by name, or {@code auto}
 * @param elementwise implementation of element-wise passes by name, or {@code auto}
 * @param precision {@code float32}, or {@code auto}, which means float32 as yet
 * @param allowMixed whether machines with different kernel fingerprints may train together, giving
 *     up equal bits
 */
public record KernelPlan(String matmul, String elementwise, String precision, boolean allowMixed)
    implements Serializable {
  public KernelPlan {
    Require.that(
        !precision.equals("bfloat16"),
        "precision = bfloat16: products of bfloat16 are not there yet; use float32 or auto");
    Require.that(
        precision.equals("float32") || precision.equals(Kernels.AUTO),
        "precision = %s: must be float32 or auto".formatted(precision));
  }

  /** The fastest kernels that run, in float32, the same on every machine. */
  public static KernelPlan auto() {
    return new KernelPlan(Kernels.AUTO, Kernels.AUTO, Kernels.AUTO, false);
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
   * What decides the bits of a result on this machine.
   *
   * @throws IllegalArgumentException as {@link #choose}
   */
  public String fingerprint() {
    return choose().fingerprint(elementType());
  }

  /**
   * Refuses kernels other than the driver's, unless machines may be mixed.
   *
   * @param where who has the kernels, for the message
   * @throws TrainingException if they differ
   */
  public void requireSame(String there, String onDriver, String where) {
    if (!allowMixed && !there.equals(onDriver)) {
      throw new TrainingException(
          "%s: kernels differ, so bits would: here %s, on the driver %s; kernels.allow_mixed = true accepts that"
              .formatted(where, there, onDriver));
    }
  }

  /** How the inputs of matrix products are stored. */
  public ElementType elementType() {
    return ElementType.FLOAT32;
  }
}
