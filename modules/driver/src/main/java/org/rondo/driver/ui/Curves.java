package org.rondo.driver.ui;

import java.util.List;

/** The curves of a run by round, thinned (see {@link Curve}). */
public record Curves(
    List<CurvePoint> trainLoss,
    List<CurvePoint> perplexity,
    List<CurvePoint> tokensPerSecond,
    List<CurvePoint> gradientNorm) {}
