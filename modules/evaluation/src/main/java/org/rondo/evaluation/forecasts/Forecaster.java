package org.rondo.evaluation.forecasts;

/** Who forecasts. */
public enum Forecaster {
  /** The network. */
  NETWORK("network"),
  /** The last known value, repeated. */
  NAIVE("naive"),
  /** The value of the same phase in the last known season. */
  SEASONAL_NAIVE("seasonal-naive");

  private final String word;

  Forecaster(String word) {
    this.word = word;
  }

  /** As scores name it. */
  public String word() {
    return word;
  }
}
