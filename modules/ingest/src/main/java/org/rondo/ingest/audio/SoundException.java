package org.rondo.ingest.audio;

import org.rondo.ingest.IngestException;

/** Sound that cannot be read. The message names its file. */
public final class SoundException extends IngestException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  SoundException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
    this.problem = problem;
  }

  /** What is wrong, without the file. */
  public String problem() {
    return problem;
  }
}
