package org.rondo.evaluation.forecasts;

/** Who forecasts. */
public enum Forecaster {
  /** The network. */
  NETWORK("network", 0),
  /** The last known value, repeated. */
  NAIVE("naive", 1),
  /** The value of the same phase in the last known season. */
  SEASONAL_NAIVE("seasonal-naive", 2);

  private final String word;
  private final int place;

  Forecaster(String word, int place) {
    this.word = word;
    this.place = place;
  }

  /** As scores name it. */
  public String word() {
    return word;
  }

  /** Of its sums among those of all, from 0. */
  int place() {
    return place;
  }
}
