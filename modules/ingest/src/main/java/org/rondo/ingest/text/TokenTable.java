package org.rondo.ingest.text;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Numbers tokens 0, 1, ... in the order in which they come, looking them up by their chars without
 * making a string: open addressing with linear probing, at most half full.
 */
final class TokenTable implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EMPTY = -1;

  /** Numbers by slot; a power of two of them. */
  private int[] slots = new int[1 << 10];

  /** Token n is {@code text[ends[n - 1] ..< ends[n]]}. */
  private char[] text = new char[1 << 12];

  private int[] ends = new int[1 << 9];
  private int[] hashes = new int[1 << 9];
  private int size;

  TokenTable() {
    Arrays.fill(slots, EMPTY);
  }

  int size() {
    return size;
  }

  String token(int number) {
    int start = start(number);
    return new String(text, start, ends[number] - start);
  }

  /** The token's number, -1 if it is not here. */
  int find(char[] chars, int from, int length) {
    return slots[slot(chars, from, length, hash(chars, from, length))];
  }

  /** The token's number, a new one if it was not here. */
  int add(char[] chars, int from, int length) {
    int hash = hash(chars, from, length);
    int slot = slot(chars, from, length, hash);
    if (slots[slot] != EMPTY) {
      return slots[slot];
    }
    append(chars, from, length, hash);
    slots[slot] = size - 1;
    if (2 * size > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void append(char[] chars, int from, int length, int hash) {
    int start = size == 0 ? 0 : ends[size - 1];
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    int end = Math.addExact(start, length);
    if (end > text.length) {
      text = Arrays.copyOf(text, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * end));
    }
    System.arraycopy(chars, from, text, start, length);
    ends[size] = end;
    hashes[size] = hash;
    size++;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, EMPTY);
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number;
    }
  }

  /** Where the token is, or the empty slot where it belongs. */
  private int slot(char[] chars, int from, int length, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != EMPTY && !equals(slots[slot], chars, from, length, hash)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean equals(int number, char[] chars, int from, int length, int hash) {
    return hashes[number] == hash
        && Arrays.equals(text, start(number), ends[number], chars, from, from + length);
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  private static int hash(char[] chars, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + chars[i];
    }
    hash *= 0x9E3779B9; // Fibonacci hashing: spreads neighbouring chars over all slots
    return hash ^ (hash >>> 15);
  }
}
