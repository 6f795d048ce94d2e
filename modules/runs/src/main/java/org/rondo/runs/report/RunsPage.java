package org.rondo.runs.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.LocalFiles;

/** A page of several runs: a self-contained HTML file that draws their curves over each other. */
public final class RunsPage {
  /** By which a page of this kind is known. */
  private static final String MARK = "<meta name=\"generator\" content=\"Rondo\">";

  private static final int BEGINNING = 1000;

  private RunsPage() {}

  /**
   * Writes the page; in the place of an earlier one.
   *
   * @param runs output folders of runs, which may go on meanwhile
   * @throws org.rondo.ingest.IngestException if no run wrote to one of them
   * @throws IllegalArgumentException if the file is there and is no such page
   */
  public static void write(List<String> runs, Path file, Configuration hadoop) throws IOException {
    var histories = new ArrayList<RunHistory>();
    for (String run : runs) {
      histories.add(RunHistory.read(run, hadoop));
    }
    FileSystem files = LocalFiles.of(file, hadoop);
    if (files.exists(file) && !isPage(files, file)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s is there and is no page of runs; name another file", file));
    }
    String page =
        Report.page("runs.html")
            .replace("{{runs.js}}", Report.resource("runs.js"))
            .replace("{{histories}}", RunLog.json(histories).replace("<", "\\u003c"));
    try (OutputStream out = files.create(file, true)) {
      out.write(page.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean isPage(FileSystem files, Path file) throws IOException {
    if (!files.getFileStatus(file).isFile()) {
      return false;
    }
    try (InputStream in = files.open(file)) {
      return new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8).contains(MARK);
    }
  }
}
