package org.rondo.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** What a command prints is its result: one that cannot be written is a failure. */
public final class StandardOutput {
  private StandardOutput() {}

  /**
   * Flushes.
   *
   * @throws UncheckedIOException if something that was printed could not be written
   */
  public static void requireWritten(PrintWriter out) {
    // Writers to a terminal or a pipe keep the fact of an error, but not which one it was.
    if (out.checkError()) {
      throw new UncheckedIOException(
          "standard output cannot be written: its reader has gone, or its device is full",
          new IOException("standard output"));
    }
  }
}
