package org.rondo.training;

import java.util.Locale;
import org.rondo.kernels.Kernels;
import org.rondo.training.workspace.KernelPlan;

/** Whether machines of a run have the same kernels, without which there are no equal bits. */
public final class KernelAgreement {
  private KernelAgreement() {}

  /**
   * As {@link #requireSame}, whatever the threads of a product: those of the driver, which may have
   * another environment, decide no bits of the workers'.
   */
  public static void requireAlike(KernelPlan plan, String there, String onDriver, String where) {
    requireSame(plan, Kernels.withoutThreads(there), Kernels.withoutThreads(onDriver), where);
  }

  /**
   * Refuses kernels other than the driver's, unless machines may be mixed.
   *
   * @param there fingerprint of the kernels in question
   * @param onDriver fingerprint of the driver's
   * @param where who has the kernels, for the message
   * @throws TrainingException if they differ
   */
  public static void requireSame(KernelPlan plan, String there, String onDriver, String where) {
    if (!plan.allowMixed() && !there.equals(onDriver)) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "%s: kernels differ, so bits would: here %s, on the driver %s; rondo doctor --cluster says why; where machines differ, precision = float32 with kernels.allow_mixed = true lets them train together, without equal bits",
              where,
              there,
              onDriver));
    }
  }
}
