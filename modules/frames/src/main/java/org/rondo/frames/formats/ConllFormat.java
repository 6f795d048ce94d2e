package org.rondo.frames.formats;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.Options;
import org.rondo.tasks.ColumnType;

/**
 * One token a line, with its tags in columns behind it; a blank line ends a sentence. Each sentence
 * is a row with a list per column, and all its lines have as many columns. Lines that begin with
 * {@code -DOCSTART-} are passed over.
 *
 * <p>Options: {@code columns}, their names from left to right, such as {@code word pos chunk}, with
 * {@code -} for one that is not wanted; {@code separator}, {@code blank} for spaces and tabs or
 * {@code tab} for tabs alone; {@code comments}, with which lines begin that are passed over.
 */
@AutoService(RowFormat.class)
public final class ConllFormat implements LineFormat {
  private static final String COLUMNS = "columns";
  private static final String SEPARATOR = "separator";
  private static final String COMMENTS = "comments";
  private static final String UNWANTED = "-";
  private static final String DOCUMENT = "-DOCSTART-";
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final Pattern TAB = Pattern.compile("\t");

  @Override
  public String name() {
    return "conll";
  }

  @Override
  public Set<String> options() {
    return Set.of(COLUMNS, SEPARATOR, COMMENTS);
  }

  @Override
  public List<FormatColumn> columns(Options options) {
    options.choice(SEPARATOR, "blank", "tab");
    return names(options).stream()
        .filter(name -> !name.equals(UNWANTED))
        .map(name -> new FormatColumn(name, ColumnType.TOKENS))
        .toList();
  }

  private static List<String> names(Options options) {
    String value = options.values().getOrDefault(COLUMNS, "");
    List<String> names =
        Arrays.stream(value.split("[ ,\t]+")).filter(name -> !name.isEmpty()).toList();
    List<String> wanted = names.stream().filter(name -> !name.equals(UNWANTED)).toList();
    ValueException.unless(
        !wanted.isEmpty() && new HashSet<>(wanted).size() == wanted.size(),
        "data.options." + COLUMNS,
        value,
        "must name the columns of the format conll from left to right, each once, such as \"word pos chunk\"");
    return names;
  }

  @Override
  public Iterator<FormatRow> rows(TextLines lines, Options options) {
    return new Rows(lines, names(options), options);
  }

  private static final class Rows extends ParsedRows {
    private final TextLines lines;
    private final List<String> names;
    private final Pattern separator;
    private final String comments;

    Rows(TextLines lines, List<String> names, Options options) {
      this.lines = lines;
      this.names = names;
      separator = options.choice(SEPARATOR, "blank", "tab").equals("tab") ? TAB : BLANKS;
      comments = options.values().getOrDefault(COMMENTS, "");
    }

    @Override
    FormatRow parse() {
      var tokens = new ArrayList<String[]>();
      String begin = "";
      long first = 0;
      FormatRow refused = null;
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank() || line.startsWith(DOCUMENT)) {
          if (!tokens.isEmpty() || refused != null) {
            break;
          }
        } else if (comments.isEmpty() || !line.startsWith(comments)) {
          String[] fields = separator.split(trimmed(line), -1);
          if (first == 0) {
            first = lines.number();
            begin = line;
          }
          tokens.add(fields);
          if (refused == null && (fields.length < names.size() || hasEmpty(fields))) {
            refused = refused(line, fields);
          } else if (refused == null && fields.length != tokens.get(0).length) {
            refused = ragged(begin, line, tokens.get(0).length, fields.length);
          }
        }
      }
      if (refused != null) {
        return refused;
      }
      return tokens.isEmpty() ? null : new FormatRow(first, columns(tokens), null);
    }

    /** Words that hold spaces, and comments, would shift the columns of a sentence. */
    private FormatRow ragged(String begin, String line, int before, int columns) {
      String hint = "";
      if (comments.isEmpty() && (begin.startsWith("#") || line.startsWith("#"))) {
        hint = "; if lines that begin with # are comments, set data.options.comments = \"# \"";
      } else if (separator == BLANKS && line.contains("\t")) {
        hint = "; if tabs alone separate columns, set data.options.separator = tab";
      }
      return FormatRow.refused(
          lines.number(),
          wanted(),
          String.format(
              Locale.ROOT,
              "has %s, and the first line of its sentence %d%s",
              Counted.of(columns, "column"),
              before,
              hint));
    }

    /** Blanks at the ends separate nothing; tabs do. */
    private String trimmed(String line) {
      return separator == BLANKS ? line.strip() : line;
    }

    private boolean hasEmpty(String[] fields) {
      return Arrays.stream(fields, 0, names.size()).anyMatch(String::isEmpty);
    }

    private FormatRow refused(String line, String[] fields) {
      String hint =
          comments.isEmpty() && line.startsWith("#")
              ? "; if it is a comment, set data.options.comments = \"#\""
              : fields.length > 1
                  ? "; if the files have no such column, leave it out of data.options.columns"
                  : "";
      String problem =
          fields.length < names.size()
              ? String.format(
                  Locale.ROOT,
                  "has %s, of which the first is \"%s\"; missing is %s%s",
                  Counted.of(fields.length, "column"),
                  fields[0],
                  String.join(", ", names.subList(fields.length, names.size())),
                  hint)
              : String.format(Locale.ROOT, "has an empty column among %s", names);
      return FormatRow.refused(lines.number(), wanted(), problem);
    }

    private int wanted() {
      return (int) names.stream().filter(name -> !name.equals(UNWANTED)).count();
    }

    private List<Object> columns(List<String[]> tokens) {
      var columns = new ArrayList<Object>();
      for (int i = 0; i < names.size(); i++) {
        if (!names.get(i).equals(UNWANTED)) {
          int column = i;
          columns.add(tokens.stream().map(fields -> fields[column]).toList());
        }
      }
      return columns;
    }
  }
}
