package org.rondo.interop.dl4j;

/**
 * A zip of DL4J's that cannot be read or written: missing, broken, of another kind. The message
 * names the file.
 */
public final class Dl4jZipException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  Dl4jZipException(String message) {
    super(message);
  }

  Dl4jZipException(String message, Throwable cause) {
    super(message, cause);
  }
}
