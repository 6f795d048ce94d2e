package org.rondo.training.workspace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;

/**
 * A network with its kernels and room for an optimizer's slots or for sums of gradients: everything
 * large that a worker needs. Carries nothing from one use to the next; for one thread at a time.
 */
public final class Workspace implements AutoCloseable {
  private final Network network;
  private final Elementwise passes;
  private final String fingerprint;
  private final Map<Integer, Minibatch> minibatches = new HashMap<>();
  private final NativeMemory memory = new NativeMemory();
  private final List<NativeBuffer> slots = new ArrayList<>();
  private double[] sums;

  public Workspace(WorkspaceKey key) {
    Kernels kernels = key.kernels().choose();
    passes = kernels.elementwise();
    fingerprint = kernels.fingerprint(key.kernels().elementType());
    for (int steps : key.steps()) {
      minibatches.put(steps, Minibatch.forNetwork(key.spec(), steps, key.batch()));
    }
    ElementType precision = key.kernels().elementType();
    network =
        key.trains()
            ? new Network(key.spec(), kernels, precision, key.steps(), key.batch())
            : Network.forEvaluation(key.spec(), kernels, precision, key.steps(), key.batch());
  }

  /** For minibatches of the most steps; {@link Network#forSteps} gives those for fewer. */
  public Network network() {
    return network;
  }

  public Elementwise passes() {
    return passes;
  }

  public String fingerprint() {
    return fingerprint;
  }

  /**
   * One to fill, of so many steps.
   *
   * @param steps one of the key's
   */
  public Minibatch minibatch(int steps) {
    return minibatches.get(steps);
  }

  /** Loads parameters into the network: all of the vector, or what it begins with. */
  public void setParameters(float[] values) {
    network.parameters().values().write(0, values, 0, parameterCount());
    network.parametersChanged();
  }

  public int parameterCount() {
    return network.parameters().values().length();
  }

  /** So many vectors of the parameters' length, all zero. */
  public List<NativeBuffer> slots(int count) {
    int length = parameterCount();
    while (slots.size() < count) {
      slots.add(memory.floats(length));
    }
    for (int i = 0; i < count; i++) {
      slots.get(i).clear(0, length);
    }
    return slots.subList(0, count);
  }

  /** A sum per parameter, all zero. */
  public double[] sums() {
    if (sums == null) {
      sums = new double[parameterCount()];
    }
    Arrays.fill(sums, 0);
    return sums;
  }

  public long nativeBytes() {
    return network.nativeBytes() + memory.allocatedBytes();
  }

  @Override
  public void close() {
    memory.close();
    network.close();
  }
}
