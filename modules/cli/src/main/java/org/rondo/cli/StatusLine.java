package org.rondo.cli;

import java.io.PrintWriter;

/**
 * One line of progress at the bottom of a terminal, overwritten each time; where the output is no
 * terminal, lines of their own, seldom.
 */
final class StatusLine {
  /** Clears what stands in the line, as terminals since the VT100 understand it. */
  private static final String CLEAR = "\r\033[K";

  private static final long SELDOM = 10_000_000_000L;

  private final PrintWriter out;
  private final boolean terminal;
  private boolean shown;
  private long next = System.nanoTime() + SELDOM;

  StatusLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On standard error; scripts/rondo says whether that is a terminal. */
  static StatusLine standardError(PrintWriter err) {
    boolean terminal = Boolean.getBoolean("rondo.terminal");
    if (terminal) {
      System.setProperty("rondo.lineStart", CLEAR);
    }
    return new StatusLine(err, terminal);
  }

  boolean terminal() {
    return terminal;
  }

  /** Shows where things stand, in place of what stood there. */
  void show(String text) {
    if (terminal) {
      out.print(CLEAR + text);
      shown = true;
    } else if (System.nanoTime() >= next) {
      out.println(text);
      next = System.nanoTime() + SELDOM;
    }
    out.flush();
  }

  /** Prints a line that stays. */
  void say(String text) {
    clear();
    out.println(text);
    out.flush();
    next = System.nanoTime() + SELDOM;
  }

  /** Leaves an empty line. */
  void clear() {
    if (shown) {
      out.print(CLEAR);
      out.flush();
      shown = false;
    }
  }
}
