package org.rondo.ingest;

/**
 * Data that cannot be used as it is: missing, empty, damaged, badly encoded or too little. The
 * message names the file and what to do.
 */
public class IngestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public IngestException(String message) {
    super(message);
  }

  public IngestException(String message, Throwable cause) {
    super(message, cause);
  }
}
