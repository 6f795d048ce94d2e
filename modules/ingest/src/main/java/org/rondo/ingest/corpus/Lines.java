package org.rondo.ingest.corpus;

import java.util.Locale;
import org.rondo.ingest.IngestException;

/**
 * Where the lines of a split begin. A line ends with the tokenizer's end of a line or with the
 * split. Lines are dealt by tokens: a line belongs to the shard in whose share of the split it
 * begins, so that a shard's tokens differ from its share by less than a line.
 */
final class Lines {
  private final Tokens tokens;
  private final long count;
  private final int end;

  private Lines(Tokens tokens, long count, int end) {
    this.tokens = tokens;
    this.count = count;
    this.end = end;
  }

  /**
   * @throws IngestException if the vocabulary has no end of a line, or merges it with other text
   */
  static Lines of(Corpus corpus, String split) {
    TokenWindow window = TokenWindow.ofBlock(corpus.blocks(split));
    return new Lines(window, corpus.tokens(split), end(corpus));
  }

  /** The token that ends a line. */
  static int end(Corpus corpus) {
    String token = corpus.tokenizer().lineEnd();
    if (!corpus.vocabulary().contains(token)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: data.order = shuffled takes every line by itself, but the vocabulary of %s has no end of a line, \"%s\"",
              corpus.folder(),
              token.replace("\n", "\\n")));
    }
    corpus
        .mergedLineEnd()
        .ifPresent(
            merged -> {
              throw new IngestException(
                  String.format(
                      Locale.ROOT,
                      "corpus: data.order = shuffled takes every line by itself, but tokens of data.tokenizer_file such as \"%s\" hold ends of lines and more, so that some lines of %s would run into each other",
                      merged,
                      corpus.folder()));
            });
    return corpus.vocabulary().id(token);
  }

  /** Where the lines of {@code shard} begin; those of {@code shard + 1} begin where they end. */
  long start(int shard, int shards) {
    // In two parts, for the product of tokens and shards may not fit.
    long share = count / shards * shard + count % shards * shard / shards;
    return share == 0 ? 0 : after(share - 1);
  }

  /** The end of the line that the token at {@code position} is in. */
  long after(long position) {
    long at = position;
    while (at < count && tokens.id(at) != end) {
      at++;
    }
    return Math.min(at + 1, count);
  }
}
