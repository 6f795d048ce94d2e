package org.rondo.runs;

/** Hears in words, for people, what a run does around its rounds. */
@FunctionalInterface
public interface RunMessages {
  /** Something that is to stay. */
  void say(String text);

  /** Where things stand, in place of what was shown before. */
  default void show(String text) {}

  /** What was shown no longer holds. */
  default void clear() {}
}
