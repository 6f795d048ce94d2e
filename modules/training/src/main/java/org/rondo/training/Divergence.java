package org.rondo.training;

import java.util.Locale;
import org.rondo.models.Minibatch;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterLayout.Slice;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.sync.BlockMomentum;

/** Says why a run ended whose numbers ceased to be finite. */
public final class Divergence {
  private Divergence() {}

  /**
   * What ends a run that diverged.
   *
   * @param step minibatches per shard that the run trained before
   * @param what happened, and where
   */
  public static DivergedException in(Round round, long step, String what) {
    return new DivergedException(
        String.format(
            Locale.ROOT,
            "training diverged in round %d, %s; learning rate %s; %s",
            round.number(),
            what,
            round.learningRate(step),
            advice(round.plan())));
  }

  /**
   * What ends a run whose first minibatch has no finite loss or gradient: no step was taken before,
   * so no rate is to blame.
   *
   * @param what happened, and where
   */
  static DivergedException beforeAnyStep(Round round, String what) {
    return new DivergedException(
        String.format(
            Locale.ROOT,
            "training cannot begin: round %d, %s; no step was taken before, so it is not the learning rate: smaller values in the data, or a smaller network, may help",
            round.number(),
            what));
  }

  /**
   * What ends a run whose parameters are numbers and whose validation loss is not: what the network
   * makes of them overflows.
   */
  public static DivergedException inEvaluation(
      TrainingPlan plan, int round, double loss, ParameterLayout layout, float[] parameters) {
    Slice longest = layout.slices().get(0);
    float greatest = -1;
    for (Slice slice : layout.slices()) {
      int end = slice.offset() + slice.length();
      for (int i = slice.offset(); i < end; i++) {
        if (Math.abs(parameters[i]) > greatest) {
          greatest = Math.abs(parameters[i]);
          longest = slice;
        }
      }
    }
    return new DivergedException(
        String.format(
            Locale.ROOT,
            "training diverged in round %d: the validation loss is %s; the largest of the common parameters is one of %s, %s; %s",
            round,
            loss,
            longest.name(),
            greatest,
            advice(plan)));
  }

  /** The keys that can make steps shorter under that plan. */
  public static String advice(TrainingPlan plan) {
    ClipPlan clip = plan.update().clip();
    String shorter = clip.norm() > 0 ? " or train.clip_norm" : "";
    String clipping = clip.equals(ClipPlan.NONE) ? ", or train.clip_norm above 0," : shorter;
    boolean outer = plan.sync().name().equals(BlockMomentum.NAME);
    return String.format(
        Locale.ROOT,
        "a smaller optimizer.learning_rate%s%s may help",
        clipping,
        outer ? ", or a smaller sync.momentum or sync.learning_rate," : "");
  }

  /** How large the values of a minibatch are; empty where it holds ids and classes. */
  static String ofValues(Minibatch minibatch) {
    if (minibatch.values().length == 0 && minibatch.valueTargets().length == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "; its largest input is %s, its largest target %s",
        largest(minibatch.values()),
        largest(minibatch.valueTargets()));
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
