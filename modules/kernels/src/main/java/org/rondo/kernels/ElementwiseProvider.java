package org.rondo.kernels;

import java.util.Optional;

/**
 * One implementation of the element-wise passes, found by {@link java.util.ServiceLoader}; as
 * {@link MatmulProvider}.
 */
public interface ElementwiseProvider {
  /** Short name, as configuration names it: {@code vector}, {@code java}. */
  String name();

  /** The higher the earlier it is tried when the choice is {@code auto}. */
  int priority();

  /** Why this implementation does not run on this machine; empty if it does. */
  Optional<String> unavailable();

  /**
   * What runs, such as the vector length in bits; part of the kernel fingerprint. Only if
   * available.
   */
  String description();

  /** The passes, a new object for use by one thread at a time. Only if available. */
  Elementwise elementwise();
}
