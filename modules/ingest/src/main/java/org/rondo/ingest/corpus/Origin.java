package org.rondo.ingest.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.text.OwnFolder;
import org.rondo.ingest.text.SourceFile;
import org.rondo.ingest.text.TextFiles;
import org.rondo.kernels.Counted;

/**
 * What a corpus is made from: as long as this is equal, so is the corpus.
 *
 * @param sources files by text: {@code all}, or {@code train}, {@code validation} and {@code test}
 * @param tokenizerFile of the plan, if there is one
 * @param rows fingerprint of how documents are read of rows of data, and of the rows where they are
 *     not those of files; empty of files of text
 */
public record Origin(
    CorpusPlan plan,
    Map<String, List<SourceFile>> sources,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SourceFile> tokenizerFile,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String rows) {
  /** Name of a text that is cut into splits. */
  public static final String ALL = "all";

  /**
   * Looks at the plan's paths as they are now.
   *
   * @throws IngestException if one of them has no file
   */
  public static Origin find(CorpusPlan plan, Configuration hadoop) {
    var sources = new LinkedHashMap<String, List<SourceFile>>();
    for (Map.Entry<String, String> text : plan.splits().texts().entrySet()) {
      sources.put(text.getKey(), TextFiles.find(text.getValue(), hadoop).files());
    }
    return of(plan, sources, "", hadoop);
  }

  /**
   * Of documents in rows of data.
   *
   * @param sources files by text, empty where the rows are not those of files
   * @param rows fingerprint of all else that decides the documents
   */
  public static Origin of(
      CorpusPlan plan, Map<String, List<SourceFile>> sources, String rows, Configuration hadoop) {
    String file = plan.tokenizerFile();
    return new Origin(
        plan, sources, file.isEmpty() ? List.of() : TextFiles.find(file, hadoop).files(), rows);
  }

  /**
   * Refuses a corpus that lies in its text, or a text that lies in it.
   *
   * @param folder where the corpus is to be, with its links resolved
   * @throws IngestException if one lies in the other
   */
  void requireApart(Path folder, Configuration hadoop) {
    new OwnFolder("corpus", folder, hadoop).requireApart(plan.splits().texts().values());
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
  public String description() {
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
