package org.rondo.frames;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.rondo.ingest.Split;
import org.rondo.kernels.Counted;

/**
 * What became of the rows when a dataset was prepared.
 *
 * @param splits those that hold rows
 * @param rejected rows that could not be used and were left out
 * @param sample the first of them, in the order of their places: place, column and reason
 */
public record PreparationReport(
    Map<String, SplitReport> splits, long rejected, List<String> sample) {
  private static final int MOST_LABELS = 20;
  private static final String UNKNOWN = "unknown ";

  public PreparationReport {
    var ordered = new LinkedHashMap<String, SplitReport>();
    for (String split : Split.NAMES) {
      if (splits.containsKey(split)) {
        ordered.put(split, splits.get(split));
      }
    }
    splits = Collections.unmodifiableMap(ordered);
    sample = List.copyOf(sample);
  }

  /** A table for a person, without a line end behind the last line. */
  public String table() {
    var lines = new ArrayList<String[]>();
    lines.add(header());
    addRow(lines, "rows", split -> number(split.rows()));
    addRow(lines, "steps, median", split -> number(split.median()));
    addRow(lines, "steps, 95 %", split -> number(split.most()));
    addRow(lines, "steps, longest", split -> number(split.longest()));
    for (String count : names(SplitReport::counts)) {
      addRow(lines, count, split -> count(split, count));
    }
    List<String> labels = labels();
    for (String label : labels.subList(0, Math.min(MOST_LABELS, labels.size()))) {
      addRow(lines, "label " + label, split -> number(split.labels().getOrDefault(label, 0L)));
    }
    var text = new StringBuilder(aligned(lines));
    if (labels.size() > MOST_LABELS) {
      text.append(
          String.format(
              Locale.ROOT, "%nand %s", Counted.of(labels.size() - MOST_LABELS, "rarer label")));
    }
    splits.forEach(
        (name, split) -> {
          if (split.rows() == 0) {
            text.append(String.format(Locale.ROOT, "%nnote: no %s row can be used", name));
          }
        });
    leftOut().ifPresent(rows -> text.append(String.format(Locale.ROOT, "%n%s", rows)));
    return text.toString();
  }

  /** How many rows were left out and the first of them, for a person; nothing if none were. */
  public Optional<String> leftOut() {
    if (rejected == 0) {
      return Optional.empty();
    }
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %s left out%s:",
            Counted.of(rejected, "row"),
            rejected == 1 ? "was" : "were",
            unseen()));
    sample.forEach(row -> lines.add("  " + row));
    if (rejected > sample.size()) {
      lines.add(String.format(Locale.ROOT, "  and %,d more", rejected - sample.size()));
    }
    return Optional.of(String.join(System.lineSeparator(), lines));
  }

  private String unseen() {
    long unseen =
        splits.values().stream()
            .mapToLong(split -> split.counts().getOrDefault(SplitReport.UNSEEN, 0L))
            .sum();
    return unseen == 0
        ? ""
        : String.format(
            Locale.ROOT,
            ", %,d of them since no training row has their label, so that no score tells of them",
            unseen);
  }

  private String[] header() {
    var cells = new ArrayList<String>(List.of(""));
    cells.addAll(splits.keySet());
    return cells.toArray(String[]::new);
  }

  private interface Cell {
    String of(SplitReport split);
  }

  private void addRow(List<String[]> lines, String name, Cell cell) {
    var cells = new ArrayList<String>(List.of(name));
    splits.values().forEach(split -> cells.add(cell.of(split)));
    lines.add(cells.toArray(String[]::new));
  }

  private interface Named {
    Map<String, Long> of(SplitReport split);
  }

  private TreeSet<String> names(Named named) {
    var names = new TreeSet<String>();
    splits.values().forEach(split -> names.addAll(named.of(split).keySet()));
    return names;
  }

  /** The most frequent first. */
  private List<String> labels() {
    Comparator<String> byRows = Comparator.comparingLong(label -> -rows(label));
    return names(SplitReport::labels).stream().sorted(byRows.thenComparing(l -> l)).toList();
  }

  private long rows(String label) {
    return splits.values().stream().mapToLong(s -> s.labels().getOrDefault(label, 0L)).sum();
  }

  /** Of what is unknown, its share as well. */
  private static String count(SplitReport split, String name) {
    long count = split.counts().getOrDefault(name, 0L);
    long all =
        name.startsWith(UNKNOWN)
            ? split.counts().getOrDefault(name.substring(UNKNOWN.length()), 0L)
            : 0;
    return all == 0
        ? number(count)
        : String.format(Locale.ROOT, "%,d (%.2f %%)", count, 100.0 * count / all);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String aligned(List<String[]> lines) {
    int[] widths = new int[lines.get(0).length];
    for (String[] line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    var text = new ArrayList<String>();
    for (String[] line : lines) {
      var row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - line[i].length());
        row.append(i == 0 ? line[i] + blanks : "  " + blanks + line[i]);
      }
      text.add(row.toString().stripTrailing());
    }
    return String.join(System.lineSeparator(), text);
  }
}
