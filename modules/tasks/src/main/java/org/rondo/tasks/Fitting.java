package org.rondo.tasks;

import java.io.Serializable;

/**
 * What is known of the training rows so far. Parts are gathered side by side and merged in the
 * order of the parts: counts are whole numbers, and floating-point sums are added in that order
 * alone, so that the same rows give the same features on any cluster.
 */
public interface Fitting extends Serializable {
  /**
   * Takes in one row.
   *
   * @throws BadExampleException if the row cannot be used; then nothing of it is counted
   */
  void add(Example row);

  /**
   * Takes in what a later part gathered.
   *
   * @param next of the same class
   */
  void merge(Fitting next);

  /**
   * What the rows come to.
   *
   * @throws org.rondo.ingest.IngestException if nothing can be learned of them, such as of one
   *     class
   */
  Features features();
}
