package org.rondo.tasks.forecasting;

import org.rondo.kernels.ValueException;
import org.rondo.tasks.inputs.Scale;

/**
 * What is known of one channel of a series.
 *
 * @param scale of its values
 * @param naiveError mean absolute error of the naive forecast over the training steps; 0 if there
 *     is none
 */
record ChannelScale(Scale scale, double naiveError) {
  ChannelScale {
    ValueException.unlessGiven("scale", scale);
    ValueException.unless(
        naiveError >= 0 && Double.isFinite(naiveError), "naiveError", naiveError, "must be >= 0");
  }
}
