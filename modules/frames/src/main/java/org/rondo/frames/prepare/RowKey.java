package org.rondo.frames.prepare;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.rondo.frames.rows.Placed;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Split;

/**
 * Where a row comes in the prepared order: by split, by the order column, by a hash of its content
 * and a seed, and by the content itself. Equal rows have equal keys. Not a record, since Spark's
 * other serializer cannot restore records.
 */
final class RowKey implements Placed, Serializable, Comparable<RowKey> {
  private static final long serialVersionUID = 1L;
  private static final byte[] NO_ORDER = {};

  /** In the place of a split: a row that cannot be used; the content says why. */
  static final int REJECTED = 3;

  /** In the place of a split: that a source as a whole cannot be read; the content says why. */
  static final int FAILURE = 4;

  private final int split;
  private final byte[] order;
  private final long high;
  private final long low;
  private final byte[] content;

  private RowKey(int split, byte[] order, long high, long low, byte[] content) {
    this.split = split;
    this.order = order;
    this.high = high;
    this.low = low;
    this.content = content;
  }

  /**
   * @param split a number of {@link Split#NAMES}, {@link #REJECTED} or {@link #FAILURE}
   * @param order bytes that sort as the order column does; empty where there is none
   */
  static RowKey of(int split, byte[] order, long seed, byte[] content) {
    MessageDigest digest = Sha256.begin();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
    digest.update(content);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest()).order(ByteOrder.BIG_ENDIAN);
    return new RowKey(split, order, hash.getLong(), hash.getLong(), content);
  }

  static RowKey of(int split, long seed, byte[] content) {
    return of(split, NO_ORDER, seed, content);
  }

  /** The same in another split. */
  RowKey in(int other) {
    return new RowKey(other, order, high, low, content);
  }

  /** The same in a split, as number {@code rank} of it. */
  RowKey at(int other, long rank) {
    return new RowKey(
        other, ByteBuffer.allocate(Long.BYTES).putLong(0, rank).array(), high, low, content);
  }

  int split() {
    return split;
  }

  boolean isOfTraining() {
    return split == Split.NAMES.indexOf(Split.TRAIN);
  }

  /** The content as the message that it is of what cannot be used. */
  String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  byte[] content() {
    return content;
  }

  /** The rank that {@link #at} gave. */
  long rank() {
    return ByteBuffer.wrap(order).getLong();
  }

  /** Uniform in [0, 1), independent of where the row comes in the order. */
  double draw() {
    return (low >>> 11) * 0x1p-53;
  }

  /**
   * The part of so many equal ranges of hashes: parts one after the other are sorted as a whole.
   */
  @Override
  public int part(int parts) {
    return (int) (((high >>> 32) * parts) >>> 32);
  }

  @Override
  public int compareTo(RowKey other) {
    int bySplit = Integer.compare(split, other.split);
    if (bySplit != 0) {
      return bySplit;
    }
    int byOrder = Arrays.compareUnsigned(order, other.order);
    if (byOrder != 0) {
      return byOrder;
    }
    int byHigh = Long.compareUnsigned(high, other.high);
    if (byHigh != 0) {
      return byHigh;
    }
    int byLow = Long.compareUnsigned(low, other.low);
    return byLow != 0 ? byLow : Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey key && compareTo(key) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }
}
