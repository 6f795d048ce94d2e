package org.rondo.cli;

import java.io.PrintWriter;
import org.rondo.runs.RunMessages;

/**
 * One line of progress at the bottom of a terminal, overwritten each time; where the output is no
 * terminal, lines of their own, seldom. Safe for the thread that hears of Ctrl-C as well.
 */
final class StatusLine implements RunMessages {
  /** Clears what stands in the line, as terminals since the VT100 understand it. */
  private static final String CLEAR = "\r\033[K";

  private static final long SELDOM = 10_000_000_000L;

  private final PrintWriter out;
  private final int columns;
  private boolean shown;
  private long next = System.nanoTime() + SELDOM;

  /**
   * @param columns width of the terminal; 0 if the output is none
   */
  StatusLine(PrintWriter out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** On standard error; scripts/rondo says how wide its terminal is. */
  static StatusLine standardError(PrintWriter err) {
    int columns = Integer.getInteger("rondo.columns", 0);
    if (columns > 0) {
      System.setProperty("rondo.lineStart", CLEAR);
    }
    return new StatusLine(err, columns);
  }

  boolean terminal() {
    return columns > 0;
  }

  @Override
  public synchronized void show(String text) {
    if (terminal()) {
      // A line that wrapped could not be cleared.
      out.print(CLEAR + text.substring(0, Math.min(text.length(), columns - 1)));
      shown = true;
    } else if (System.nanoTime() >= next) {
      out.println(text);
      next = System.nanoTime() + SELDOM;
    }
    out.flush();
  }

  @Override
  public synchronized void say(String text) {
    clear();
    out.println(text);
    out.flush();
    next = System.nanoTime() + SELDOM;
  }

  @Override
  public synchronized void clear() {
    if (shown) {
      out.print(CLEAR);
      out.flush();
      shown = false;
    }
  }
}
