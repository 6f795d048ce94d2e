package org.rondo.kernels;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One implementation of matrix products, found by {@link java.util.ServiceLoader}. Constructing it
 * must never fail and load nothing native.
 */
public interface MatmulProvider {
  /** Short name, as configuration names it: {@code onednn}, {@code nd4j}, {@code java}. */
  String name();

  /** The higher the earlier it is tried when the choice is {@code auto}. */
  int priority();

  /**
   * Why this implementation does not run on this machine; empty if it does. Loads what is native,
   * once.
   */
  Optional<String> unavailable();

  /** Version and instruction set in use; part of the kernel fingerprint. Only if available. */
  String description();

  /**
   * Threads that one product runs on, where the implementation has any of its own: they decide how
   * its sums are cut, and with that the bits. Only if available.
   */
  default OptionalInt threads() {
    return OptionalInt.empty();
  }

  /**
   * Whether products of this element type run at the machine's speed, not by emulation. Only if
   * available.
   */
  boolean multiplies(ElementType inputs);

  /** Plans a product; what it allocates belongs to {@code memory}. Only if available. */
  Matmul plan(Product product, NativeMemory memory);
}
