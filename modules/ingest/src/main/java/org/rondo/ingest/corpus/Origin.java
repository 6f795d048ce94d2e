package org.rondo.ingest.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Counted;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Placement;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.StorageReason;
import org.rondo.ingest.text.SourceFile;
import org.rondo.ingest.text.TextFiles;
import org.rondo.ingest.text.TextPath;

/**
 * What a corpus is made from: as long as this is equal, so is the corpus.
 *
 * @param sources files by text: {@code all}, or {@code train}, {@code validation} and {@code test}
 */
public record Origin(CorpusPlan plan, Map<String, List<SourceFile>> sources) {
  /** Name of a text that is cut into splits. */
  static final String ALL = "all";

  /**
   * Looks at the plan's paths as they are now.
   *
   * @throws IngestException if one of them has no file
   */
  static Origin find(CorpusPlan plan, Configuration hadoop) {
    var sources = new LinkedHashMap<String, List<SourceFile>>();
    for (Map.Entry<String, String> text : plan.splits().texts().entrySet()) {
      sources.put(text.getKey(), TextFiles.find(text.getValue(), hadoop).files());
    }
    return new Origin(plan, sources);
  }

  /**
   * Refuses a corpus that the next look at the text would take for text, and text that lies where
   * the corpus is to be; symbolic links are followed.
   *
   * @param folder where the corpus is to be, with its links resolved
   * @throws IngestException if one lies in the other
   */
  void requireApart(Path folder, Configuration hadoop) {
    try {
      for (String path : plan.splits().texts().values()) {
        TextFiles text = TextFiles.find(path, hadoop);
        boolean reached = TextPath.globReaches(path, folder, hadoop);
        for (Path directory : text.folders()) {
          reached |= isFoundIn(real(directory, hadoop), folder);
        }
        if (reached) {
          throw new IngestException(
              String.format(
                  Locale.ROOT,
                  "corpus: %s lies in the text's own directory %s; name another output folder",
                  folder,
                  path));
        }
        for (SourceFile file : text.files()) {
          requireOutside(new Path(file.path()), folder, hadoop);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "corpus: cannot reach %s: %s", folder, StorageReason.of(e)),
          e);
    }
  }

  private static void requireOutside(Path file, Path folder, Configuration hadoop)
      throws IOException {
    for (Path at = real(file, hadoop); at != null; at = at.getParent()) {
      if (at.equals(folder)) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "corpus: the text %s lies in %s, where the corpus is to be; name another data.prepared or output",
                file,
                folder));
      }
    }
  }

  private static Path real(Path path, Configuration hadoop) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    return Placement.real(fs, path);
  }

  /** Whether a look into a directory would come upon a folder. */
  private static boolean isFoundIn(Path directory, Path folder) {
    Path at = folder;
    while (at != null && !at.equals(directory) && !TextFiles.isHidden(at)) {
      at = at.getParent();
    }
    return directory.equals(at);
  }

  /** SHA-256, in hexadecimal, of plan and files. */
  String fingerprint() {
    return Sha256.of(JsonFile.text(this));
  }

  /** Bytes of all files together. */
  public long bytes() {
    return sources.values().stream().flatMap(List::stream).mapToLong(SourceFile::length).sum();
  }

  /** For messages: paths, number of files and bytes. */
  String description() {
    var files = new ArrayList<SourceFile>();
    sources.values().forEach(files::addAll);
    return String.format(
        Locale.ROOT,
        "%s (%s, %s)",
        String.join(", ", plan.splits().texts().values()),
        Counted.of(files.size(), "file"),
        Counted.of(bytes(), "byte"));
  }
}
