package org.rondo.evaluation.texts;

import java.io.Serializable;

/** The text that a row of classes stands for, such as words that are joined. Immutable. */
public interface WrittenText extends Serializable {
  /**
   * The text.
   *
   * @param classes up to the first that is none, which is below 0
   * @param unknown what is written for a class that stands for words that are not known
   */
  String of(int[] classes, String unknown);
}
