package org.rondo.ingest.corpus;

/**
 * A view on a split's tokens that holds a window of them, read anew where it is left. Safe for use
 * by several threads.
 */
final class TokenWindow implements Tokens {
  private static final Held NOTHING = new Held(0, new int[0]);
  private final SplitBlocks blocks;
  private final int size;
  private final long grid;
  private volatile Held held = NOTHING;

  /** Replaced as a whole, never changed. */
  private static final class Held {
    private final long first;
    private final int[] ids;

    Held(long first, int[] ids) {
      this.first = first;
      this.ids = ids;
    }

    boolean has(long position) {
      return position >= first && position < first + ids.length;
    }
  }

  private TokenWindow(SplitBlocks blocks, int size, long grid) {
    this.blocks = blocks;
    this.size = size;
    this.grid = grid;
  }

  /**
   * One that begins at the token that is asked for.
   *
   * @param size tokens that it holds at most, at least 1
   */
  static TokenWindow of(SplitBlocks blocks, int size) {
    return new TokenWindow(blocks, size, 1);
  }

  /** One that holds the block of the token that is asked for, so that a pass reads each once. */
  static TokenWindow ofBlock(SplitBlocks blocks) {
    int size = blocks.format().idsPerBlock();
    return new TokenWindow(blocks, size, size);
  }

  @Override
  public int id(long position) {
    Held now = held;
    if (!now.has(position)) {
      long first = position - position % grid;
      long left = blocks.content().tokens() - first;
      now = new Held(first, blocks.read(first, (int) Math.min(size, left)));
      held = now;
    }
    return now.ids[(int) (position - now.first)];
  }

  /** Tokens in memory now. */
  int held() {
    return held.ids.length;
  }
}
