package org.rondo.frames.formats;

import java.util.Iterator;

/** The rows of files that belong together, which are open while they are read. */
public interface FormatRows extends Iterator<FormatRow>, AutoCloseable {
  /** The file, or the folder, that errors name. */
  String file();

  @Override
  void close();
}
