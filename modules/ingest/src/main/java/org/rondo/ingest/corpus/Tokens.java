package org.rondo.ingest.corpus;

/** Ids of a split by their place in it. */
public interface Tokens {
  /** The id at {@code position}; cheap where positions ascend. */
  int id(long position);
}
