package org.rondo.tasks;

import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.NetworkSpec;

/** A trained network with the kernels that it runs on: what opens predictors of it. */
public final class LearnedNetwork {
  private final NetworkSpec spec;
  private final float[] parameters;
  private final Kernels kernels;
  private final ElementType precision;

  /**
   * @param parameters of the network, as its layout says; not modified
   * @param precision of the inputs of matrix products
   */
  public LearnedNetwork(
      NetworkSpec spec, float[] parameters, Kernels kernels, ElementType precision) {
    this.spec = spec;
    this.parameters = parameters;
    this.kernels = kernels;
    this.precision = precision;
  }

  /** A predictor of rows, which is to be closed. */
  public Predictor predictor(Features features) {
    return new Predictor(features, spec, parameters, kernels, precision);
  }

  /** What it is made of. */
  public NetworkSpec spec() {
    return spec;
  }

  /** As its layout says; not to be modified. */
  public float[] parameters() {
    return parameters;
  }

  /** What multiplies. */
  public Kernels kernels() {
    return kernels;
  }

  /** Of the inputs of matrix products. */
  public ElementType precision() {
    return precision;
  }
}
