package org.rondo.driver.ui;

/**
 * A point of a curve.
 *
 * @param round from 1; a fraction where it stands for several rounds
 */
public record CurvePoint(double round, double value) {}
