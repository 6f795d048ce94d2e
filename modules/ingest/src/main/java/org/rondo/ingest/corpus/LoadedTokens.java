package org.rondo.ingest.corpus;

import java.util.Arrays;

/** A range of a split's tokens, held in memory. */
final class LoadedTokens implements TokenSource, Tokens {
  private static final long serialVersionUID = 1L;
  private final int[] ids;
  private final long first;

  /**
   * @param ids kept
   * @param first position of the first of them
   */
  LoadedTokens(int[] ids, long first) {
    this.ids = ids;
    this.first = first;
  }

  @Override
  public Tokens[] rows(int rows) {
    var all = new Tokens[rows];
    Arrays.fill(all, this);
    return all;
  }

  @Override
  public int id(long position) {
    return ids[(int) (position - first)];
  }
}
