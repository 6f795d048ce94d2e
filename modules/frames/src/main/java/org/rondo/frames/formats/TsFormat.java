package org.rondo.frames.formats;

import com.google.auto.service.AutoService;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.rondo.models.Options;
import org.rondo.tasks.ColumnType;

/**
 * Time series of the UEA and UCR archives, the {@code .ts} files of sktime: a header of lines that
 * begin with {@code @}, then a series a line, its dimensions separated by colons, its steps by
 * commas, its label last. Series may have different lengths. Columns: {@code series} and {@code
 * label}, which is null where the header says that there is none.
 *
 * <p>Option: {@code missing}, what becomes of {@code ?}: {@code reject} refuses the row, {@code
 * previous} takes the value before it, of those at the beginning the first one that is known.
 *
 * @see <a href="https://arxiv.org/abs/1811.00075">Bagnall et al. 2018</a>
 */
@AutoService(RowFormat.class)
public final class TsFormat implements LineFormat {
  static final String MISSING = "missing";

  @Override
  public String name() {
    return "ts";
  }

  @Override
  public Set<String> options() {
    return Set.of(MISSING);
  }

  @Override
  public List<FormatColumn> columns(Options options) {
    fillsGaps(options);
    return List.of(
        new FormatColumn("series", ColumnType.SERIES), new FormatColumn("label", ColumnType.LABEL));
  }

  private static boolean fillsGaps(Options options) {
    return options.choice(MISSING, "reject", "previous").equals("previous");
  }

  @Override
  public Iterator<FormatRow> rows(TextLines lines, Options options) {
    TsHeader header = TsHeader.read(lines);
    var series = new TsSeries(header, fillsGaps(options));
    return new ParsedRows() {
      @Override
      FormatRow parse() {
        String line = lines.next();
        while (line != null && (line.isBlank() || line.startsWith("#"))) {
          line = lines.next();
        }
        return line == null ? null : series.row(lines.number(), line);
      }
    };
  }
}
