package org.rondo.ingest;

import java.io.Serializable;

/** Where a prepared dataset is, in a form that travels to other machines. */
public interface DatasetFolder extends Serializable {
  /**
   * Opens the dataset there.
   *
   * @throws IngestException if there is none, or it is damaged
   */
  Dataset open();
}
