package org.rondo.cli;

/** A configuration or command line that cannot be carried out; the message tells the user why. */
final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(message);
  }

  SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
