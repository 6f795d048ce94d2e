package org.rondo.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a corpus is made from: as long as this is equal, so is the corpus.
 *
 * @param sources files by text: {@code all}, or {@code train}, {@code validation} and {@code test}
 */
record Origin(CorpusPlan plan, Map<String, List<SourceFile>> sources) {
  /** Name of a text that holds all splits. */
  static final String ALL = "all";

  /**
   * Looks at the plan's paths as they are now.
   *
   * @throws IngestException if one of them has no file
   */
  static Origin find(CorpusPlan plan, Configuration hadoop) {
    var sources = new LinkedHashMap<String, List<SourceFile>>();
    for (Map.Entry<String, String> text : texts(plan.splits()).entrySet()) {
      sources.put(text.getKey(), SourceFile.find(text.getValue(), hadoop));
    }
    return new Origin(plan, sources);
  }

  /**
   * Refuses a corpus that the next look at the text would take for text.
   *
   * @throws IngestException if {@code folder} lies in a directory of text
   */
  void requireOutside(Path folder, Configuration hadoop) {
    for (String path : texts(plan.splits()).values()) {
      if (SourceFile.reaches(path, folder, hadoop)) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "corpus: %s lies in the text's own directory %s; name another output folder",
                folder,
                path));
      }
    }
  }

  /** Bytes of all files together. */
  long bytes() {
    return sources.values().stream().flatMap(List::stream).mapToLong(SourceFile::length).sum();
  }

  /** For messages: paths, number of files and bytes. */
  String description() {
    var files = new ArrayList<SourceFile>();
    sources.values().forEach(files::addAll);
    return String.format(
        Locale.ROOT,
        "%s (%d files, %d bytes)",
        String.join(", ", texts(plan.splits()).values()),
        files.size(),
        bytes());
  }

  private static Map<String, String> texts(SplitPlan splits) {
    var texts = new LinkedHashMap<String, String>();
    if (splits instanceof SplitPlan.ByFraction one) {
      texts.put(ALL, one.path());
    } else if (splits instanceof SplitPlan.ByFile files) {
      texts.put(Corpus.TRAIN, files.train());
      texts.put(Corpus.VALIDATION, files.validation());
      texts.put(Corpus.TEST, files.test());
      texts.values().removeIf(String::isBlank);
    }
    return texts;
  }
}
