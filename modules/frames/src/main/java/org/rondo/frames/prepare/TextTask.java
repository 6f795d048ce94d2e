package org.rondo.frames.prepare;

import java.io.Serializable;
import java.util.TreeMap;
import org.rondo.ingest.HadoopSettings;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.CorpusAssembly;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.IdPart;
import org.rondo.ingest.corpus.IdPartWriter;
import org.rondo.ingest.corpus.SplitSink;
import org.rondo.ingest.corpus.TokenCuts;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.TextPart;
import org.rondo.ingest.text.TextReader;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.TokenSink;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;

/**
 * What one task does in a pass over running text: it reads a part of a file.
 *
 * @param cuts of the part's own tokens
 */
record TextTask(TextPart part, TokenCuts cuts, CorpusPlan.Cutting cutting, HadoopSettings hadoop)
    implements Serializable {
  private static final TokenSink NOTHING = (chars, from, length) -> {};

  /** Tokens of the part, as the tokenizer cuts them. */
  long measure() {
    var count = new long[1];
    read((chars, from, length) -> count[0]++, PrepareListener.Pass.MEASURE);
    return count[0];
  }

  /** How often each token occurs in what of the part is for training. */
  TokenCounts words() {
    var counts = new TokenCounts();
    read(
        new SplitSink(cuts, split -> split.equals(Split.TRAIN) ? counts : NOTHING),
        PrepareListener.Pass.COUNT);
    return counts;
  }

  /**
   * What a task wrote.
   *
   * @param files by split
   * @param replaced invalid sequences of UTF-8
   */
  record Written(TreeMap<String, IdPart> files, long replaced) implements Serializable {}

  /**
   * Writes the ids of the part.
   *
   * @param number of the part among all
   * @param attempt of the task, unlike that of any other
   */
  Written encode(Vocabulary vocabulary, CorpusAssembly assembly, int number, long attempt) {
    var writers = new TreeMap<String, IdPartWriter>();
    try {
      var sink =
          new SplitSink(
              cuts,
              split -> {
                IdPartWriter writer = assembly.part(split, number, attempt);
                writers.put(split, writer);
                return vocabulary.encoder(writer::add);
              });
      long replaced = read(sink, PrepareListener.Pass.ENCODE);
      var files = new TreeMap<String, IdPart>();
      writers.forEach((split, writer) -> files.put(split, writer.finish()));
      return new Written(files, replaced);
    } finally {
      writers.values().forEach(IdPartWriter::close);
    }
  }

  private long read(TokenSink sink, PrepareListener.Pass pass) {
    var reader =
        new TextReader(
            hadoop.configuration(),
            cutting.invalidUtf8(),
            part.file().length(),
            PrepareListener.SILENT,
            pass);
    reader.read(part, Tokenizer.named(cutting.tokenizer()).cutter(sink, cutting.lowercase()));
    return reader.replaced();
  }
}
