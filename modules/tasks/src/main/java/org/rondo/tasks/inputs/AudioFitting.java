package org.rondo.tasks.inputs;

import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** Mean and deviation of every value over the frames of the training rows. */
final class AudioFitting implements InputFitting {
  private static final long serialVersionUID = 1L;

  private final InputPlan plan;
  private final ScaleFitting scales;

  /** Made where it is first used: it does not travel. */
  private transient AudioReader reader;

  AudioFitting(InputPlan plan) {
    this.plan = plan;
    this.scales = new ScaleFitting(plan.audio().sound().width());
  }

  @Override
  public InputKind kind() {
    return InputKind.AUDIO;
  }

  private float[][] read(Example row) {
    if (reader == null) {
      reader = new AudioReader(plan.audio());
    }
    return reader.steps(row);
  }

  @Override
  public int steps(Example row) {
    return read(row).length;
  }

  @Override
  public void add(Example row, Counts counts) {
    for (float[] step : plan.limit().counted(read(row), counts)) {
      scales.add(step);
    }
  }

  @Override
  public void merge(InputFitting next) {
    scales.merge(((AudioFitting) next).scales);
  }

  @Override
  public RowInput input(Counts counts) {
    return new AudioInput(
        plan.audio(),
        plan.standardize() ? scales.scales() : Scale.none(scales.width()),
        plan.limit());
  }
}
