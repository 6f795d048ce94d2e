package org.rondo.runs.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lines that may be needed again as a whole, in a temporary file of this machine rather than in
 * memory; it is deleted when the process ends.
 */
final class LineSpool {
  private final Path file;

  LineSpool() throws IOException {
    file = Files.createTempFile("rondo-events-", ".jsonl");
    file.toFile().deleteOnExit();
  }

  void add(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  /** Reads all lines; the caller closes it. */
  BufferedReader read() throws IOException {
    return Files.newBufferedReader(file);
  }

  void copyTo(OutputStream out) throws IOException {
    Files.copy(file, out);
  }
}
