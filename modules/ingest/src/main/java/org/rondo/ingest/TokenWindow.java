package org.rondo.ingest;

/** A view on a split's tokens that holds a window of them, read anew where it is left. */
final class TokenWindow implements Tokens {
  private final SplitBlocks blocks;
  private final int size;
  private int[] ids = {};
  private long first;

  /**
   * @param size tokens that it holds at most, at least 1
   */
  TokenWindow(SplitBlocks blocks, int size) {
    this.blocks = blocks;
    this.size = size;
  }

  @Override
  public int id(long position) {
    if (position < first || position >= first + ids.length) {
      long left = blocks.content().tokens() - position;
      ids = blocks.read(position, (int) Math.min(size, left));
      first = position;
    }
    return ids[(int) (position - first)];
  }

  /** Tokens in memory now. */
  int held() {
    return ids.length;
  }
}
