package org.rondo.ingest;

/** Ids of a split by their place in it. */
interface Tokens {
  /** The id at {@code position}; cheap where positions ascend. */
  int id(long position);
}
