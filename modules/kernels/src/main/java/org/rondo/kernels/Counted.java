package org.rondo.kernels;

import java.util.Locale;

/** Numbers of things in sentences for users. */
public final class Counted {
  private Counted() {}

  /**
   * Such as {@code 1 minibatch} and {@code 2,000 minibatches}.
   *
   * @param one the thing in the singular
   * @param more in the plural
   */
  public static String of(long count, String one, String more) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : more);
  }

  /**
   * Such as {@code 1 token} and {@code 2,000 tokens}.
   *
   * @param one the thing in the singular, whose plural ends in s
   */
  public static String of(long count, String one) {
    return of(count, one, one + "s");
  }
}
