package org.rondo.training.optimizers;

import java.io.Serializable;
import org.rondo.kernels.ValueException;

/**
 * What is done to a gradient before it moves parameters, against explosions: first {@code value},
 * then one of the other two.
 *
 * @param norm largest global norm; longer gradients are shortened to it; 0 = any
 * @param value largest magnitude of an element; each is cut to {@code [-value, value]}; 0 = any
 * @param scaleNorm global norm that every gradient is scaled to, short ones as well; 0 = not scaled
 * @see <a href="https://arxiv.org/abs/1211.5063">Pascanu, Mikolov and Bengio 2013</a> for the norm
 */
public record ClipPlan(double norm, double value, double scaleNorm) implements Serializable {
  /** Gradients as they are. */
  public static final ClipPlan NONE = ofNorm(0);

  public ClipPlan {
    limit("train.clip_norm", norm);
    limit("train.clip_value", value);
    limit("train.scale_norm", scaleNorm);
    ValueException.unless(
        norm == 0 || scaleNorm == 0,
        "train.scale_norm",
        scaleNorm,
        "gives every gradient that norm, so train.clip_norm = "
            + norm
            + " would mean nothing: set one of them to 0");
  }

  /** Shortens gradients to that norm, and nothing else. */
  public static ClipPlan ofNorm(double norm) {
    return new ClipPlan(norm, 0, 0);
  }

  /** What a gradient of this norm is to be multiplied by; 1 for one of norm zero. */
  float scale(double gradientNorm) {
    if (scaleNorm > 0 && gradientNorm > 0) {
      return (float) (scaleNorm / gradientNorm);
    }
    return norm > 0 && gradientNorm > norm ? (float) (norm / gradientNorm) : 1f;
  }

  private static void limit(String key, double value) {
    ValueException.unless(
        value >= 0 && Float32.holds(value), key, value, "must be a float32 >= 0 (0 = off)");
  }
}
