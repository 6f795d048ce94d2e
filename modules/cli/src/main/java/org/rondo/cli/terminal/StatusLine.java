package org.rondo.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import org.rondo.runs.RunMessages;

/**
 * One line of progress at the bottom of a terminal, overwritten each time; where the output is no
 * terminal, lines of their own, seldom. What is shown is escaped, see {@link TerminalText}. Safe
 * for the threads that hear of signals and of time as well.
 */
public final class StatusLine implements RunMessages {
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
  public StatusLine(PrintWriter out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** On standard error; scripts/rondo says how wide its terminal is. */
  public static StatusLine standardError(PrintWriter err) {
    int columns = Integer.getInteger("rondo.columns", 0);
    if (columns > 0) {
      System.setProperty("rondo.lineStart", CLEAR);
    }
    return new StatusLine(err, columns);
  }

  /** Whether it stays in place on a terminal. */
  public boolean terminal() {
    return columns > 0;
  }

  @Override
  public void show(String text) {
    show(List.of(text));
  }

  /**
   * Shows the first of several wordings that fits.
   *
   * @param wordings of the same, from the longest to the shortest, which is cut if it must be
   */
  public synchronized void show(List<String> wordings) {
    if (terminal()) {
      out.print(CLEAR + fitting(wordings));
      shown = true;
    } else if (System.nanoTime() >= next) {
      out.println(TerminalText.line(wordings.get(0)));
      next = System.nanoTime() + SELDOM;
    }
    out.flush();
  }

  /** A line that wrapped could not be cleared. */
  private String fitting(List<String> wordings) {
    String escaped = "";
    for (String wording : wordings) {
      escaped = TerminalText.line(wording);
      if (escaped.length() < columns) {
        return escaped;
      }
    }
    return escaped.substring(0, columns - 1);
  }

  @Override
  public synchronized void say(String text) {
    clear();
    out.println(TerminalText.lines(text));
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
