package org.rondo.frames.formats;

import com.google.auto.service.AutoService;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.rondo.kernels.ValueException;
import org.rondo.models.Options;
import org.rondo.tasks.ColumnType;

/**
 * One example a line: the label, a separator, the text. Blank lines are passed over. Columns:
 * {@code label} and {@code text}.
 *
 * <p>Option: {@code separator}, a tab by default; the first one in a line separates.
 */
@AutoService(RowFormat.class)
public final class LabelledTextFormat implements LineFormat {
  private static final String SEPARATOR = "separator";

  @Override
  public String name() {
    return "labelled-text";
  }

  @Override
  public Set<String> options() {
    return Set.of(SEPARATOR);
  }

  @Override
  public List<FormatColumn> columns(Options options) {
    ValueException.unless(
        !separator(options).isEmpty(), "data.options." + SEPARATOR, "", "must not be empty");
    return List.of(
        new FormatColumn("label", ColumnType.LABEL), new FormatColumn("text", ColumnType.TEXT));
  }

  private static String separator(Options options) {
    return options.values().getOrDefault(SEPARATOR, "\t");
  }

  @Override
  public Iterator<FormatRow> rows(TextLines lines, Options options) {
    String separator = separator(options);
    return new ParsedRows() {
      @Override
      FormatRow parse() {
        String line = lines.next();
        while (line != null && line.isBlank()) {
          line = lines.next();
        }
        return line == null ? null : row(lines.number(), line, separator);
      }
    };
  }

  private static FormatRow row(long number, String line, String separator) {
    int end = line.indexOf(separator);
    if (end < 0) {
      String name = separator.equals("\t") ? "tab" : "\"" + separator + "\"";
      return FormatRow.refused(number, 2, "has no " + name + " between label and text");
    }
    String label = line.substring(0, end).strip();
    return label.isEmpty()
        ? FormatRow.refused(number, 2, "has no label")
        : FormatRow.of(number, label, line.substring(end + separator.length()));
  }
}
