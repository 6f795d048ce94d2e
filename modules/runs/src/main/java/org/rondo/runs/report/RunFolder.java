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
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Deletions;
import org.rondo.ingest.LocalFiles;
import org.rondo.ingest.LocalUmask;
import org.rondo.training.checkpoint.CheckpointStore;

/** The folder that a run writes to, on any Hadoop file system. */
public final class RunFolder {
  /** What happened in the run, a JSON object per line. */
  public static final String EVENTS = "events.jsonl";

  /** The page of the run. */
  public static final String REPORT = "report.html";

  /** The run for TensorBoard, which looks for names of this kind. */
  public static final String TENSORBOARD = "events.out.tfevents.rondo";

  static final String CHECKPOINTS = "checkpoints";

  private static final List<String> RECORD = List.of(EVENTS, REPORT, TENSORBOARD);
  private static final String EARLIER = "earlier-";
  private static final Pattern HALF_WRITTEN =
      Pattern.compile(
          "\\.(events\\.jsonl|report\\.html|events\\.out\\.tfevents\\.rondo|search\\.(?:jsonl|csv|html)|best\\.conf|trial\\.conf)\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path path;
  private final FileSystem files;

  public RunFolder(String output, Configuration hadoop) throws IOException {
    Path given = new Path(output);
    files = LocalFiles.unchecked(LocalUmask.respectedBy(given.getFileSystem(hadoop)));
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
   * stays, and so does what someone else put among the checkpoints.
   *
   * @return that folder, empty if there was no earlier run
   */
  public Optional<Path> moveEarlierRunAside() throws IOException {
    List<Path> present = ofARun();
    if (present.isEmpty()) {
      return Optional.empty();
    }
    int n = 1;
    while (files.exists(file(EARLIER + n))) {
      n++;
    }
    Path aside = file(EARLIER + n);
    for (Path from : present) {
      String below = path.toUri().relativize(from.toUri()).getPath();
      Path to = new Path(aside, below);
      files.mkdirs(to.getParent());
      rename(from, to);
    }
    return Optional.of(aside);
  }

  /** What a run wrote here: the folder of checkpoints as a whole if it holds nothing else. */
  private List<Path> ofARun() throws IOException {
    var present = new ArrayList<Path>();
    for (String name : RECORD) {
      if (files.exists(file(name))) {
        present.add(file(name));
      }
    }
    Path checkpoints = file(CHECKPOINTS);
    if (!files.exists(checkpoints)) {
      return present;
    }
    if (Deletions.stranger(files, checkpoints, CheckpointStore::isOwn).isEmpty()) {
      present.add(checkpoints);
      return present;
    }
    for (FileStatus status : files.listStatus(checkpoints)) {
      String name = status.getPath().getName();
      if (status.isDirectory() && CheckpointStore.isCheckpoint(name)) {
        present.add(new Path(checkpoints, name));
      }
    }
    return present;
  }

  /** Deletes what runs that were killed left of files that {@link #write} was writing. */
  public void deleteHalfWritten() throws IOException {
    if (files.exists(path)) {
      for (FileStatus status : files.listStatus(path)) {
        if (status.isFile() && HALF_WRITTEN.matcher(status.getPath().getName()).matches()) {
          files.delete(status.getPath(), false);
        }
      }
    }
  }

  /** Reads a text; an empty one if there is no such file. */
  public BufferedReader read(String name) throws IOException {
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

  /** Adds bytes to the end of a file, which need not exist. */
  void append(String name, byte[] bytes) throws IOException {
    try (OutputStream out =
        files.exists(file(name)) ? files.append(file(name)) : files.create(file(name))) {
      out.write(bytes);
    }
  }

  /**
   * Replaces a file as a whole: on the local disk readers see the old text or the new one;
   * elsewhere, where a rename does not replace, there is none for a moment.
   */
  public void write(String name, Content content) throws IOException {
    Path temporary = file(String.format(Locale.ROOT, ".%s.%s.tmp", name, UUID.randomUUID()));
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
