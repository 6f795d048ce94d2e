package org.rondo.ingest.text;

/** Hears how far the preparation of a corpus is. */
@FunctionalInterface
public interface PrepareListener {
  /** Why the text is read: each pass reads it from the beginning. */
  enum Pass {
    /** Counts tokens, to place the cuts between the splits. */
    MEASURE,
    /** Counts how often each token of the training split occurs. */
    COUNT,
    /** Writes ids. */
    ENCODE
  }

  /** Hears nothing. */
  PrepareListener SILENT = (pass, bytes, totalBytes) -> {};

  /**
   * Called every few hundred kilobytes.
   *
   * @param bytes of the source files, compressed as they are, that this pass has read
   * @param totalBytes that it will read
   */
  void read(Pass pass, long bytes, long totalBytes);
}
