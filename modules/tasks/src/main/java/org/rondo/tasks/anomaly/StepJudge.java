package org.rondo.tasks.anomaly;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.tasks.Example;
import org.rondo.tasks.KeyJudge;
import org.rondo.tasks.inputs.Scale;

/**
 * Judges the steps of one series. Remembers how many there were, the last values and what the
 * network expects, and what the score needs of errors.
 */
final class StepJudge implements KeyJudge {
  private final AnomalyFeatures features;
  private final Expectation expectation;
  private final int width;
  private final StepErrors errors;
  private double steps;

  /** {@code (before + 1, C)}: the latest values; those of the step that is judged are the last. */
  private final float[] values;

  /** {@code (C)}: of the last step that was read, which may lie behind the last one judged. */
  private final float[] read;

  /** {@code (outputs)} after the last step. */
  private final float[] predicted;

  StepJudge(AnomalyFeatures features, double[] memory) {
    this.features = features;
    expectation = features.expectation();
    width = features.channels().size();
    values = new float[(expectation.before() + 1) * width];
    predicted = new float[expectation.outputs(width)];
    steps = memory[0];
    int at = copy(memory, 1, values);
    at = copy(memory, at, predicted);
    errors = StepErrors.of(features.score(), memory, at);
    read = new float[width];
    System.arraycopy(values, values.length - width, read, 0, width);
  }

  static int memory(AnomalyFeatures features) {
    Expectation expectation = features.expectation();
    int width = features.channels().size();
    int values = (expectation.before() + 1) * width;
    return 1 + values + expectation.outputs(width) + features.score().memory();
  }

  private static int copy(double[] memory, int at, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) memory[at + i];
    }
    return at + to.length;
  }

  @Override
  public Sequence encode(Example event) {
    float[] current = current(event, read);
    System.arraycopy(current, 0, read, 0, width);
    double[] times =
        features.calendar().isEmpty() ? new double[0] : event.numbers(SeriesEvents.CALENDAR);
    var inputs = new float[width + features.calendar().size()];
    features.writeInputs(current, times, 0, inputs, 0);
    return Sequence.ofValues(inputs, inputs.length);
  }

  /** The values of a step, those before in the place of missing ones. */
  private float[] current(Example event, float[] before) {
    List<Scale> scales = features.scales(event.text(SeriesEvents.SERIES));
    var current = before.clone();
    boolean any = false;
    for (int c = 0; c < width; c++) {
      String role = SeriesEvents.value(c);
      if (event.has(role)) {
        current[c] = ScaledPiece.scaled(event, event.number(role), scales.get(c));
        any = true;
      }
    }
    if (!any) {
      throw event.refused(SeriesEvents.value(0), "has no value, nor has another channel");
    }
    return current;
  }

  @Override
  public Map<String, Object> decode(Example event, Predictions next) {
    String series = event.text(SeriesEvents.SERIES);
    var before = new float[width];
    System.arraycopy(values, values.length - width, before, 0, width);
    float[] current = current(event, before);
    System.arraycopy(values, width, values, 0, values.length - width);
    System.arraycopy(current, 0, values, values.length - width, width);
    steps++;
    if (expectation.rebuilds()) {
      predict(next);
    }
    var judged = new HashMap<String, Object>();
    double score = steps > expectation.before() ? score(event, series, judged) : errors.unknown();
    score = steps > features.probation() ? score : errors.unknown();
    judged.put(AnomalyDecoder.SCORE, score);
    judged.put(AnomalyDecoder.LABEL, score >= features.alarm() ? 1.0 : 0.0);
    if (!expectation.rebuilds()) {
      predict(next);
    }
    return judged;
  }

  private void predict(Predictions next) {
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = next.score(0, i);
    }
  }

  /** Of a step that something was expected of, which is told too. */
  private double score(Example event, String series, Map<String, Object> judged) {
    int last = values.length / width - 1;
    var targets = new float[predicted.length];
    expectation.target(values, width, expectation.rebuilds() ? last : last - 1, targets, 0);
    double[] off = expectation.errors(targets, 0, predicted, 0, width);
    Calibration usual = features.calibration(series);
    double sum = 0;
    int present = 0;
    for (int c = 0; c < width; c++) {
      boolean there = event.has(SeriesEvents.value(c));
      off[c] = there ? off[c] / usual.errors().get(c) : 0;
      present += there ? 1 : 0;
      sum += off[c];
    }
    judged.put(AnomalyDecoder.EXPECTED, expected(series));
    judged.put(AnomalyDecoder.CONTRIBUTIONS, shares(off, sum));
    return errors.score(sum / present, usual.threshold());
  }

  /** {@code (C)}, in the units of the data. */
  private double[] expected(String series) {
    List<Scale> scales = features.scales(series);
    var expected = new double[width];
    for (int c = 0; c < width; c++) {
      float value = predicted[predicted.length - width + c];
      boolean change = expectation.subtractLast() && !expectation.rebuilds();
      float base = change ? values[values.length - 2 * width + c] : 0;
      expected[c] = scales.get(c).unscaled(base + value);
    }
    return expected;
  }

  /** All 0 where nothing is off. */
  private static double[] shares(double[] off, double sum) {
    var shares = new double[off.length];
    for (int c = 0; c < shares.length; c++) {
      shares[c] = sum > 0 ? off[c] / sum : 0;
    }
    return shares;
  }

  @Override
  public void save(double[] memory) {
    memory[0] = steps;
    int at = 1;
    for (float value : values) {
      memory[at++] = value;
    }
    for (float value : predicted) {
      memory[at++] = value;
    }
    errors.write(memory, at);
  }
}
