package org.rondo.training.optimizers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/**
 * How the learning rate follows the number of shards, each of which trains minibatches of its own.
 */
public enum RateScale {
  /** Not at all. */
  NONE,
  /**
   * By its square root, which keeps the variance of a step that is a mean of gradients.
   *
   * @see <a href="https://arxiv.org/abs/1404.5997">Krizhevsky 2014</a>
   */
  SQUARE_ROOT,
  /**
   * In proportion, so that a step goes as far as those of the shards one after another.
   *
   * @see <a href="https://arxiv.org/abs/1706.02677">Goyal et al. 2017</a>
   */
  LINEAR;

  /**
   * The rule of a configuration's word.
   *
   * @throws ValueException if there is none
   */
  public static RateScale named(String word) {
    for (RateScale each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    List<String> words = Arrays.stream(values()).map(RateScale::word).toList();
    throw new ValueException("optimizer.scale", word, "must be one of " + words);
  }

  /** The configuration's word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the learning rate is multiplied by. */
  public double factor(int shards) {
    return switch (this) {
      case NONE -> 1;
      case SQUARE_ROOT -> Math.sqrt(shards);
      case LINEAR -> shards;
    };
  }
}
