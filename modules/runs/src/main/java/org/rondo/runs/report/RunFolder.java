package org.rondo.runs.report;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The folder that a run writes to, on any Hadoop file system. */
public final class RunFolder {
  static final String EVENTS = "events.jsonl";

  /** The page of the run. */
  public static final String REPORT = "report.html";

  static final String CHECKPOINTS = "checkpoints";

  private static final List<String> RUN = List.of(EVENTS, REPORT, CHECKPOINTS);
  private static final String EARLIER = "earlier-";

  /** What a file is to hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path path;
  private final FileSystem files;

  public RunFolder(String output, Configuration hadoop) throws IOException {
    Path given = new Path(output);
    FileSystem system = given.getFileSystem(hadoop);
    // The local file system's checksum files would lie beside what people open.
    files = system instanceof LocalFileSystem local ? local.getRawFileSystem() : system;
    path = files.makeQualified(given);
  }

  public Path path() {
    return path;
  }

  public Path file(String name) {
    return new Path(path, name);
  }

  /** How people write the path of something here: without the scheme where it is local. */
  public String shown(Path file) {
    return appends() ? file.toUri().getPath() : file.toString();
  }

  /**
   * Moves an earlier run's files into a folder {@code earlier-N} of their own; the prepared corpus
   * stays.
   *
   * @return that folder, empty if there was no earlier run
   */
  public Optional<Path> moveEarlierRunAside() throws IOException {
    var present = new ArrayList<String>();
    for (String name : RUN) {
      if (files.exists(file(name))) {
        present.add(name);
      }
    }
    if (present.isEmpty()) {
      return Optional.empty();
    }
    int n = 1;
    while (files.exists(file(EARLIER + n))) {
      n++;
    }
    Path aside = file(EARLIER + n);
    files.mkdirs(aside);
    for (String name : present) {
      rename(file(name), new Path(aside, name));
    }
    return Optional.of(aside);
  }

  /** Reads a text; an empty one if there is no such file. */
  BufferedReader read(String name) throws IOException {
    InputStream in;
    try {
      in = files.open(file(name));
    } catch (FileNotFoundException e) {
      in = InputStream.nullInputStream();
    }
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Whether {@link #append} adds to a file; object stores cannot. */
  boolean appends() {
    return path.toUri().getScheme().equals("file");
  }

  /** Adds a text to the end of a file, which need not exist. */
  void append(String name, String text) throws IOException {
    try (OutputStream out =
        files.exists(file(name)) ? files.append(file(name)) : files.create(file(name))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Replaces a file as a whole: on the local disk readers see the old text or the new one;
   * elsewhere, where a rename does not replace, there is none for a moment.
   */
  void write(String name, Content content) throws IOException {
    Path temporary = file("." + name + ".tmp");
    try {
      try (OutputStream out = files.create(temporary, true)) {
        content.writeTo(out);
      }
      if (!appends()) {
        files.delete(file(name), false);
      }
      rename(temporary, file(name));
    } finally {
      files.delete(temporary, false);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException(String.format(Locale.ROOT, "cannot rename %s to %s", from, to));
    }
  }
}
