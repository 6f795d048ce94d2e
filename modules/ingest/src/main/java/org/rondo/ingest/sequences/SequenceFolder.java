package org.rondo.ingest.sequences;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DatasetFolder;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.HadoopSettings;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.LocalUmask;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Split;

/**
 * Where prepared sequences are, in a form that travels to other machines: parts such as {@code
 * train/part-00000.0.bin}, and a manifest {@code sequences.json}, the last file to be written.
 *
 * <p>Tasks write parts side by side, each by a {@link #writer}; whoever started them then makes a
 * dataset of the entries that came back by {@link #commit}.
 */
public record SequenceFolder(String uri, HadoopSettings hadoop) implements DatasetFolder {
  /** The file that is written last: without it the folder is no dataset. */
  public static final String LAST = SequenceManifest.FILE;

  /** That folder as this process sees it. */
  public static SequenceFolder of(Path folder, Configuration hadoop) {
    return new SequenceFolder(folder.toString(), HadoopSettings.of(hadoop));
  }

  /**
   * Begins a part.
   *
   * @param split {@code train}, {@code validation} or {@code test}
   * @param part its number within the split
   * @param attempt names the writer, so that one that is repeated does not meet its own leavings
   * @throws IngestException if the folder is a dataset already
   * @throws UncheckedIOException if it cannot be written there
   */
  public SequenceWriter writer(SequenceShape shape, String split, int part, long attempt) {
    requireSplit(split);
    return writing(
        () -> {
          FileSystem fs = fileSystem();
          requireNew(fs);
          String file = String.format(Locale.ROOT, "%s/part-%05d.%d.bin", split, part, attempt);
          return new SequenceWriter(fs, path(), file, shape);
        });
  }

  /**
   * Makes the folder a dataset of these parts. A part may belong to several splits.
   *
   * @param splits entries of finished parts by split, in the order in which they are to be read
   * @throws IngestException if the folder is a dataset already
   * @throws UncheckedIOException if the manifest cannot be written; then the folder is none
   */
  public Sequences commit(SequenceShape shape, Map<String, List<SequencePart>> splits) {
    return commit(shape, splits, Map.of());
  }

  /**
   * As {@link #commit(SequenceShape, Map)}, with what its numbers mean.
   *
   * @param dictionaries texts by the name of their file, such as {@code features.json}, see {@link
   *     org.rondo.ingest.Dataset#dictionaries}
   */
  public Sequences commit(
      SequenceShape shape,
      Map<String, List<SequencePart>> splits,
      Map<String, String> dictionaries) {
    splits.keySet().forEach(SequenceFolder::requireSplit);
    dictionaries.keySet().forEach(SequenceManifest::requireDictionary);
    var checksums = new TreeMap<>(dictionaries);
    checksums.replaceAll((file, text) -> Sha256.of(text));
    writing(
        () -> {
          FileSystem fs = fileSystem();
          requireNew(fs);
          fs.mkdirs(path());
          for (Map.Entry<String, String> each : dictionaries.entrySet()) {
            try (FSDataOutputStream out = fs.create(new Path(path(), each.getKey()), true)) {
              out.write(each.getValue().getBytes(StandardCharsets.UTF_8));
            }
          }
          new SequenceManifest(SequenceFormat.VERSION, shape, kind(splits), checksums, splits)
              .write(fs, path());
          return fs;
        });
    return open();
  }

  private static Targets kind(Map<String, List<SequencePart>> splits) {
    return splits.values().stream()
        .flatMap(List::stream)
        .map(SequencePart::kind)
        .reduce(Targets.UNKNOWN, Targets::and);
  }

  @Override
  public Sequences open() {
    return Sequences.open(this);
  }

  static void requireSplit(String split) {
    if (!Split.NAMES.contains(split)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sequences: no split %s; there are %s",
              split,
              String.join(", ", Split.NAMES)));
    }
  }

  private void requireNew(FileSystem fs) throws IOException {
    if (fs.exists(new Path(path(), SequenceManifest.FILE))) {
      throw new IngestException(
          String.format(
              Locale.ROOT, "sequences: %s holds a dataset already; name another folder", uri));
    }
  }

  Path path() {
    return new Path(uri);
  }

  private FileSystem fileSystem() throws IOException {
    return LocalUmask.respectedBy(path().getFileSystem(hadoop.configuration()));
  }

  private <T> T writing(DiskFailure.Call<T> call) {
    return DiskFailure.worded("sequences: cannot write", uri, call);
  }
}
