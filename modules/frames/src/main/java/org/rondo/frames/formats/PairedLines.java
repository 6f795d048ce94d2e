package org.rondo.frames.formats;

import java.util.Locale;
import org.rondo.ingest.IngestException;

/** Rows of two files, of which line n of one belongs to line n of the other. */
final class PairedLines extends ParsedRows implements FormatRows {
  private final TextLines sources;
  private final TextLines targets;

  PairedLines(TextLines sources, TextLines targets) {
    this.sources = sources;
    this.targets = targets;
  }

  @Override
  public String file() {
    return sources.file();
  }

  /**
   * The next two lines.
   *
   * @throws IngestException where one file ends before the other
   */
  @Override
  FormatRow parse() {
    String source = sources.next();
    String target = targets.next();
    if (source == null && target == null) {
      return null;
    }
    if (source == null || target == null) {
      TextLines shorter = source == null ? sources : targets;
      TextLines longer = source == null ? targets : sources;
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: %s ends after line %d, and %s goes on with line %d; their lines do not belong"
                  + " together",
              shorter.file(),
              shorter.number(),
              longer.file(),
              longer.number()));
    }
    return FormatRow.of(sources.number(), source, target);
  }

  @Override
  public void close() {
    try {
      sources.close();
    } finally {
      targets.close();
    }
  }
}
