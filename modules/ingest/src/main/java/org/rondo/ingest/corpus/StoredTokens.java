package org.rondo.ingest.corpus;

import java.util.TreeMap;
import org.rondo.ingest.HadoopSettings;

/**
 * Tokens that stay in the corpus folder, of which a shard holds one window for each of its rows.
 */
final class StoredTokens implements TokenSource {
  private static final long serialVersionUID = 1L;
  private final String folder;
  private final TreeMap<String, String> hadoop;
  private final String split;
  private final String fingerprint;
  private final int vocabulary;
  private final long most;

  /**
   * @param most tokens that all windows hold together; a row has room for one at least
   */
  StoredTokens(Corpus corpus, String split, long most) {
    CorpusFolder place = corpus.place();
    folder = place.uri();
    hadoop = new TreeMap<>(place.hadoop().values());
    this.split = split;
    fingerprint = corpus.fingerprint(split);
    vocabulary = corpus.vocabulary().size();
    this.most = most;
  }

  @Override
  public TokenWindow[] rows(int rows) {
    var place = new CorpusFolder(folder, new HadoopSettings(hadoop));
    SplitBlocks blocks = SplitBlocks.open(place, split, fingerprint, vocabulary);
    int size = (int) Math.max(1, Math.min(most / rows, MAXIMUM_ARRAY));
    var windows = new TokenWindow[rows];
    for (int b = 0; b < rows; b++) {
      windows[b] = TokenWindow.of(blocks, size);
    }
    return windows;
  }
}
