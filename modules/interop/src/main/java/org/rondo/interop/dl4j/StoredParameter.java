package org.rondo.interop.dl4j;

import java.util.Collections;
import java.util.List;

/**
 * One of Rondo's parameters as DL4J's flat vector holds it: column by column, in groups of equally
 * many columns whose order may be another one than Rondo's, such as that of gates.
 *
 * @param name of Rondo's parameter
 * @param rows of it
 * @param width columns of a group
 * @param places for each of DL4J's groups, in their order, its place among Rondo's
 */
record StoredParameter(String name, int rows, int width, List<Integer> places) {
  StoredParameter {
    places = List.copyOf(places);
  }

  /** A matrix with the same columns in the same order. */
  static StoredParameter matrix(String name, int rows, int columns) {
    return new StoredParameter(name, rows, columns, List.of(0));
  }

  /** A vector in the same order. */
  static StoredParameter vector(String name, int length) {
    return matrix(name, 1, length);
  }

  /** The same as part of something named {@code scope}. */
  StoredParameter within(String scope) {
    return new StoredParameter(scope + "." + name, rows, width, places);
  }

  /** Elements. */
  int length() {
    return Math.multiplyExact(Math.multiplyExact(rows, width), places.size());
  }

  /** The step from an element to the one below it in Rondo's parameter, which lies row by row. */
  int stride() {
    return width * (1 + Collections.max(places));
  }
}
