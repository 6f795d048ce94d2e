package org.rondo.ingest.audio;

import java.io.Serializable;
import org.rondo.kernels.ValueException;

/**
 * How sound becomes steps of a network: frames of the logarithmic mel spectrum, with what they
 * change by, several of them side by side.
 *
 * @param rate samples in a second that sound of other rates is brought to
 * @param mels bands of a frame
 * @param window milliseconds of a frame
 * @param hop milliseconds from one frame to the next
 * @param deltas how often the change over time is taken: 0, 1 (velocity) or 2 (acceleration too)
 * @param stack frames that make one step
 */
public record SpeechFrames(int rate, int mels, double window, double hop, int deltas, int stack)
    implements Serializable {
  /** Samples in a second that sound may have. */
  static final int MOST_RATE = 1_000_000;

  public SpeechFrames {
    ValueException.unless(
        rate >= 1000 && rate <= MOST_RATE, "rate", rate, "must be from 1000 to " + MOST_RATE);
    ValueException.unless(mels >= 1 && mels <= 1000, "mels", mels, "must be from 1 to 1000");
    ValueException.unless(
        window >= 1 && window <= 1000, "window", window, "must be from 1 to 1000");
    ValueException.unless(hop >= 1 && hop <= 1000, "hop", hop, "must be from 1 to 1000");
    ValueException.unless(deltas >= 0 && deltas <= 2, "deltas", deltas, "must be 0, 1 or 2");
    ValueException.unless(stack >= 1 && stack <= 100, "stack", stack, "must be from 1 to 100");
  }

  /** Samples of a frame. */
  int windowSamples() {
    return samples(window);
  }

  /** Samples from one frame to the next. */
  int hopSamples() {
    return samples(hop);
  }

  private int samples(double milliseconds) {
    return Math.max(2, (int) Math.round(rate * milliseconds / 1000));
  }

  /** F, values of a step. */
  public int width() {
    return mels * (1 + deltas) * stack;
  }
}
