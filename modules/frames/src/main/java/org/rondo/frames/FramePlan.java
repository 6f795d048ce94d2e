package org.rondo.frames;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.kernels.ValueException;

/**
 * Everything beside task and data that decides a prepared dataset. Rows are ordered by a hash of
 * their content and the seed, or by a column, so that neither the partitions of the data nor the
 * cluster decides anything.
 *
 * @param source how rows are read
 * @param splits where the rows of each split are: paths, or names of tables
 * @param columns the column of each role; a role that is missing here has a column of its own name
 * @param orderColumn by which rows are sorted; empty for the order of the hashes. Fractions then
 *     cut the sorted rows, training first; else the hash decides each row's split
 * @param invalidRows what becomes of rows that cannot be used
 * @param parts into which each split is written, and which are fitted and encoded side by side
 * @param seed of the hash
 */
public record FramePlan(
    SourcePlan source,
    SplitPlan splits,
    Map<String, String> columns,
    String orderColumn,
    InvalidRows invalidRows,
    int parts,
    long seed) {
  /** Parts by default: a few for each core of a small cluster. */
  public static final int PARTS = 32;

  private static final int MOST_PARTS = 10_000;

  public FramePlan {
    ValueException.unlessGiven("data.format", source);
    ValueException.unlessGiven("data.path", splits);
    ValueException.unlessGiven("data.columns", columns);
    ValueException.unlessGiven("data.order_column", orderColumn);
    ValueException.unlessGiven("data.invalid_rows", invalidRows);
    ValueException.unlessWithin("parts", parts, 1, MOST_PARTS);
    columns.forEach(
        (role, column) ->
            ValueException.unless(
                column != null && !column.isBlank(),
                "data.columns." + role,
                column,
                "must name a column"));
    // Sorted, so that equal plans are written as equal JSON.
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /**
   * The same for windows of series, whose columns have the names of their roles.
   *
   * @throws ValueException if rows are to be ordered, which time does in series
   */
  public FramePlan ofWindows() {
    ValueException.unless(
        orderColumn.isEmpty(),
        "data.order_column",
        orderColumn,
        "is not for series, which data.columns.time orders");
    return new FramePlan(source, splits, Map.of(), "", invalidRows, parts, seed);
  }

  /** Columns of the roles' names, in the order of the hashes, without invalid rows. */
  public static FramePlan of(SourcePlan source, SplitPlan splits, long seed) {
    return new FramePlan(source, splits, Map.of(), "", InvalidRows.REJECT, PARTS, seed);
  }
}
