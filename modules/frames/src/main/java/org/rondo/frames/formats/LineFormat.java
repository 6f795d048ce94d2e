package org.rondo.frames.formats;

import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.rondo.models.Options;

/** A {@link RowFormat} of text files, each of which is read line by line. */
public interface LineFormat extends RowFormat {
  /**
   * The rows of a file, read as they are asked for.
   *
   * @throws org.rondo.ingest.IngestException from here or from the iterator, if the file as a whole
   *     cannot be read; a row that cannot be is a {@link FormatRow#problem}
   */
  Iterator<FormatRow> rows(TextLines lines, Options options);

  @Override
  default FormatRows open(List<String> files, Options options, Configuration hadoop) {
    TextLines lines = TextLines.open(files.get(0), hadoop);
    try {
      return new LineRows(lines, rows(lines, options));
    } catch (RuntimeException | Error e) {
      lines.close();
      throw e;
    }
  }
}
