package org.rondo.ingest.corpus;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DatasetFolder;
import org.rondo.ingest.HadoopSettings;

/** Where a prepared corpus is, in a form that travels to other machines. */
public record CorpusFolder(String uri, HadoopSettings hadoop) implements DatasetFolder {
  /** That folder as this process sees it. */
  public static CorpusFolder of(Path folder, Configuration hadoop) {
    return new CorpusFolder(folder.toString(), HadoopSettings.of(hadoop));
  }

  @Override
  public Corpus open() {
    return Corpus.open(new Path(uri), hadoop.configuration());
  }
}
