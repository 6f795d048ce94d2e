package org.rondo.sparkml.columns;

import org.rondo.ingest.IngestException;
import org.rondo.sparkml.params.ParamNames;

/**
 * A row without a prediction where each must have one. It has no stack trace: what is wrong is the
 * row, and Spark shows a failed task's trace once for each try.
 */
final class RefusedRowException extends IngestException {
  private static final long serialVersionUID = 1L;

  /**
   * @param problem place, column and reason
   */
  RefusedRowException(String problem) {
    super(ParamNames.in(problem) + "; handleInvalid = skip or keep goes on without it");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
