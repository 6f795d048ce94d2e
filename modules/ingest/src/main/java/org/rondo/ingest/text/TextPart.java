package org.rondo.ingest.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * A part of a file, for one task: from the first line break at or after byte {@code from} to the
 * first one at or after byte {@code to}, see {@link LineBreaks}. A compressed file is one part.
 */
public record TextPart(SourceFile file, long from, long to) implements Serializable {
  /**
   * The parts of files, in order.
   *
   * @param bytes of a part, about
   */
  public static List<TextPart> of(List<SourceFile> files, long bytes, Configuration hadoop) {
    var codecs = new CompressionCodecFactory(hadoop);
    var parts = new ArrayList<TextPart>();
    for (SourceFile file : files) {
      boolean whole =
          file.length() <= bytes
              || TextReader.isArchive(file.path())
              || ZstdCodec.of(new Path(file.path()), codecs) != null;
      long step = whole ? Math.max(1, file.length()) : bytes;
      for (long from = 0; from == 0 || from < file.length(); from += step) {
        parts.add(new TextPart(file, from, Math.min(from + step, file.length())));
      }
    }
    return parts;
  }

  boolean isWhole() {
    return from == 0 && to == file.length();
  }
}
