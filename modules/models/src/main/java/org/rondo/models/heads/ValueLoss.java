package org.rondo.models.heads;

/** The loss of one predicted value. */
interface ValueLoss {
  /** The loss, at least 0. */
  double of(float y, float target);

  /** Its derivative by y. */
  float slope(float y, float target);
}
