package org.rondo.ingest.text;

import java.io.Serializable;

/**
 * A file of text, and what shows that it changed.
 *
 * @param path with its scheme
 * @param length bytes, compressed as they are
 * @param modified milliseconds of the epoch
 */
public record SourceFile(String path, long length, long modified) implements Serializable {
  public SourceFile {
    if (path.isBlank() || length < 0) {
      throw new IllegalArgumentException("source file \"" + path + "\" of " + length + " bytes");
    }
  }
}
