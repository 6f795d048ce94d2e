package org.rondo.tasks.inputs;

import java.io.Serializable;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** What is known of the inputs of the training rows so far. */
interface InputFitting extends Serializable {
  InputKind kind();

  /** Steps of a row, also those that are not kept. */
  int steps(Example row);

  /** Takes in a row; nothing of it where it is refused. */
  void add(Example row, Counts counts);

  /** Takes in what a later part gathered of the same kind. */
  void merge(InputFitting next);

  /**
   * What the rows come to.
   *
   * @param counts is told what only all rows tell
   */
  RowInput input(Counts counts);
}
