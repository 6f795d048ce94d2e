package org.rondo.driver.ui;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve of bounded length: when it is full, each two neighbors become their mean, and from then
 * on a point is the mean of twice as many values.
 */
final class Curve {
  static final int MOST_POINTS = 400;

  private final List<CurvePoint> points = new ArrayList<>();
  private int perPoint = 1;
  private int pending;
  private double roundSum;
  private double valueSum;

  /** Adds a value; those that are no finite number leave a gap. */
  void add(int round, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    roundSum += round;
    valueSum += value;
    pending++;
    if (pending == perPoint) {
      points.add(mean());
      pending = 0;
      roundSum = 0;
      valueSum = 0;
    }
    if (points.size() == MOST_POINTS) {
      halve();
    }
  }

  /** A copy, the values that do not fill a point yet among them. */
  List<CurvePoint> points() {
    var copy = new ArrayList<CurvePoint>(points);
    if (pending > 0) {
      copy.add(mean());
    }
    return copy;
  }

  private CurvePoint mean() {
    return new CurvePoint(roundSum / pending, valueSum / pending);
  }

  private void halve() {
    for (int i = 0; i < MOST_POINTS / 2; i++) {
      CurvePoint a = points.get(2 * i);
      CurvePoint b = points.get(2 * i + 1);
      points.set(i, new CurvePoint((a.round() + b.round()) / 2, (a.value() + b.value()) / 2));
    }
    points.subList(MOST_POINTS / 2, MOST_POINTS).clear();
    perPoint *= 2;
  }
}
