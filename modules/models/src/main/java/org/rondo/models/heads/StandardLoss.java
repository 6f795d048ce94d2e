package org.rondo.models.heads;

/** Losses without a number of their own. */
enum StandardLoss implements ValueLoss {
  /** {@code (y - target)^2}. */
  SQUARED_ERROR {
    @Override
    public double of(float y, float target) {
      double error = y - target;
      return error * error;
    }

    @Override
    public float slope(float y, float target) {
      return 2 * (y - target);
    }
  },

  /** {@code |y - target|}, whose derivative is 0 where they are equal. */
  ABSOLUTE_ERROR {
    @Override
    public double of(float y, float target) {
      return Math.abs((double) y - target);
    }

    @Override
    public float slope(float y, float target) {
      return Math.signum(y - target);
    }
  },

  /**
   * {@code e^2 / 2} of errors {@code e = y - target} up to 1, {@code |e| - 1/2} of larger ones
   * (Huber 1964).
   */
  HUBER {
    @Override
    public double of(float y, float target) {
      double error = Math.abs((double) y - target);
      return error <= 1 ? error * error / 2 : error - 0.5;
    }

    @Override
    public float slope(float y, float target) {
      return Math.max(-1, Math.min(1, y - target));
    }
  },

  /**
   * {@code -target log p - (1 - target) log(1 - p)} with {@code p = sigmoid(y)}, in a form that
   * does not overflow. {@link StrictMath}, since its bits are the same everywhere.
   */
  CROSS_ENTROPY {
    @Override
    public double of(float y, float target) {
      return Math.max(y, 0) - (double) y * target + StrictMath.log1p(StrictMath.exp(-Math.abs(y)));
    }

    @Override
    public float slope(float y, float target) {
      return (float) (1 / (1 + StrictMath.exp(-y)) - target);
    }
  }
}
