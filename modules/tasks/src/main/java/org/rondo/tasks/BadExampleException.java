package org.rondo.tasks;

import org.rondo.ingest.IngestException;

/** A row that a task cannot use. The message says where it stands and what is wrong with it. */
public class BadExampleException extends IngestException {
  private static final long serialVersionUID = 1L;

  public BadExampleException(String message) {
    super(message);
  }
}
