package org.rondo.frames.rows;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.rondo.frames.NaturalOrder;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.Counted;

/** How many rows were refused of how many, and the first of them in the order of their places. */
public final class Rejections implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Enough to see what is wrong. */
  static final int SAMPLE = 5;

  private long count;
  private long usable;
  private final TreeSet<String> first = new TreeSet<>(new NaturalOrder());

  /** Counts a row by its message: place, column and reason. */
  public void add(String message) {
    count++;
    keep(message);
  }

  /** Counts rows that were not refused. */
  public void addUsable(long rows) {
    usable += rows;
  }

  /** Adds those of other rows. */
  public void merge(Rejections other) {
    count += other.count;
    usable += other.usable;
    other.first.forEach(this::keep);
  }

  private void keep(String message) {
    first.add(message);
    if (first.size() > SAMPLE) {
      first.pollLast();
    }
  }

  /** Rows that were refused. */
  public long count() {
    return count;
  }

  /** Rows that were not refused. */
  public long usable() {
    return usable;
  }

  /** The first messages. */
  public List<String> sample() {
    return List.copyOf(first);
  }

  /**
   * Refuses the whole, if a row was refused.
   *
   * @throws IngestException that counts them and names the first
   */
  public void refuseAny() {
    if (count > 0) {
      // Who leaves all of them out has nothing left.
      throw new IngestException(
          usable == 0
              ? String.format(
                  Locale.ROOT,
                  "data: not one of %s can be used%s",
                  Counted.of(count, "row"),
                  text())
              : String.format(
                  Locale.ROOT,
                  "data: %d of %d rows cannot be used; data.invalid_rows = skip leaves them out%s",
                  count,
                  count + usable,
                  text()));
    }
  }

  /**
   * Refuses the whole, if something was refused, where what can be used are windows of series: the
   * rows of these are not counted.
   *
   * @throws IngestException that counts them and names the first
   */
  public void refuseAnyOfWindows() {
    if (count > 0) {
      throw new IngestException(
          usable == 0
              ? "data: not one window can be used" + text()
              : String.format(
                  Locale.ROOT,
                  "data: %s cannot be used, beside %s that can; data.invalid_rows = skip leaves them out%s",
                  Counted.of(count, "row, series or window", "rows, series or windows"),
                  Counted.of(usable, "window"),
                  text()));
    }
  }

  /** The sample behind a colon; empty where nothing was refused. */
  public String text() {
    String more = count > first.size() ? ", ..." : "";
    return count == 0 ? "" : ": " + String.join("; ", first) + more + hint();
  }

  /** Spreadsheets and pandas write csv in another way than Spark reads it by default. */
  private String hint() {
    return first.stream().anyMatch(message -> message.contains(RowReader.MALFORMED))
        ? "; csv with \"\" or ends of lines within a field needs data.options.escape = \"\\\"\" and data.options.multiLine = true"
        : "";
  }
}
