package org.rondo.kernels;

import java.util.Locale;

/**
 * A value that a plan or a description cannot hold. The message is {@code NAME = VALUE: RULE}; the
 * name stands apart as well, so that a caller can say where the value was written.
 */
public final class ValueException extends IllegalArgumentException {
  /** What the names of a member's options begin with, which a user chooses beside the member. */
  public static final String OPTION = "options.";

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String rule;

  /**
   * @param name of the configuration key, or of the field where no key stands for it
   * @param rule what a value must be
   */
  public ValueException(String name, Object value, String rule) {
    super(String.format(Locale.ROOT, "%s = %s: %s", name, value, rule));
    this.name = name;
    this.rule = rule;
  }

  /** Refuses a value that does not keep the rule. */
  public static void unless(boolean kept, String name, Object value, String rule) {
    if (!kept) {
      throw new ValueException(name, value, rule);
    }
  }

  /** Refuses whole numbers outside {@code [least, most]}. */
  public static void unlessWithin(String name, long value, long least, long most) {
    if (value < least || value > most) {
      String rule = String.format(Locale.ROOT, "must be from %d to %d", least, most);
      throw new ValueException(name, value, rule);
    }
  }

  /** Refuses null. */
  public static void unlessGiven(String name, Object value) {
    unless(value != null, name, value, "must be given");
  }

  /** Of the key or field. */
  public String name() {
    return name;
  }

  /** Whether it is an option of a member of an {@link OpenSet}. */
  public boolean isOption() {
    return name.startsWith(OPTION);
  }

  /** What a value must be. */
  public String rule() {
    return rule;
  }
}
