package org.rondo.interop.dl4j;

import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;

/** A network of DL4J's as Rondo describes it, with its parameters. */
public final class ImportedNetwork {
  private final NetworkSpec spec;
  private final float[] parameters;

  ImportedNetwork(NetworkSpec spec, float[] parameters) {
    this.spec = spec;
    this.parameters = parameters;
  }

  /** The network. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Its parameters in the order of {@link Network#layout}; the array itself, not a copy. */
  public float[] parameters() {
    return parameters;
  }
}
