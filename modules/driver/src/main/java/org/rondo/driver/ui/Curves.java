package org.rondo.driver.ui;

import java.util.List;

/**
 * The curves of a run by round, thinned (see {@link Curve}).
 *
 * @param metric whose values on the validation split {@code score} holds; empty before the first
 *     evaluation
 */
public record Curves(
    List<CurvePoint> trainLoss,
    String metric,
    List<CurvePoint> score,
    List<CurvePoint> tokensPerSecond,
    List<CurvePoint> gradientNorm) {}
