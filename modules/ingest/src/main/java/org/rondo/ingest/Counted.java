package org.rondo.ingest;

import java.util.Locale;

/** Numbers of things in sentences for users. */
public final class Counted {
  private Counted() {}

  /**
   * Such as {@code 1 token} and {@code 2,000 tokens}.
   *
   * @param one the thing in the singular, whose plural ends in s
   */
  public static String of(long count, String one) {
    return String.format(Locale.ROOT, count == 1 ? "%,d %s" : "%,d %ss", count, one);
  }
}
