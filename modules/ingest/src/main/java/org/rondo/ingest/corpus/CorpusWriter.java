package org.rondo.ingest.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Attempt;
import org.rondo.ingest.DatasetPlace;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Placement;
import org.rondo.ingest.Split;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.PrepareListener.Pass;
import org.rondo.ingest.text.SourceFile;
import org.rondo.ingest.text.TextReader;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.TokenSink;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.TokenizerFile;
import org.rondo.ingest.text.Vocabulary;

/**
 * Writes a prepared corpus in passes over the text, holding one block of ids and the table of
 * tokens, never a text.
 *
 * <p>Everything is written to an {@link Attempt} beside the final place, which it then takes in one
 * step; see {@link DatasetPlace} and {@link Placement}.
 */
final class CorpusWriter {
  /** Ids in a full block: 2 MB of two bytes each. */
  static final int IDS_PER_BLOCK = 1 << 20;

  /** Files that are read as one, and where they are cut. */
  private record Text(List<SourceFile> files, TokenCuts cuts) {}

  private final Origin origin;
  private final Tokenizer tokenizer;
  private final Configuration hadoop;
  private final PrepareListener listener;

  CorpusWriter(Origin origin, Configuration hadoop, PrepareListener listener) {
    this.origin = origin;
    this.tokenizer = Tokenizer.named(origin.plan().tokenizer());
    this.hadoop = hadoop;
    this.listener = listener;
  }

  /**
   * Writes the corpus to its place, unless another preparation is faster.
   *
   * @return the folder in which it is
   * @throws IngestException if the text cannot be used, or the folder holds other things
   * @throws IOException if it cannot be written; then nothing of it remains
   */
  Path write(DatasetPlace<Manifest> place) throws IOException {
    FileSystem fs = place.fileSystem();
    Path real = place.real();
    origin.requireApart(real, hadoop);
    Attempt.removeLeftovers(fs, real);
    List<Text> texts = texts();
    Vocabulary vocabulary = vocabulary(texts.get(0));
    try (Attempt attempt = Attempt.beside(fs, real)) {
      encode(fs, attempt.folder(), texts, vocabulary).write(fs, attempt.folder());
      return place.commit(attempt);
    }
  }

  /**
   * Writes the corpus to the folder of an attempt.
   *
   * @param given the vocabulary; empty for that of the training split
   * @throws IngestException if the text cannot be used
   */
  void write(FileSystem fs, Attempt attempt, Optional<Vocabulary> given) throws IOException {
    List<Text> texts = texts();
    Vocabulary vocabulary = given.orElseGet(() -> vocabulary(texts.get(0)));
    encode(fs, attempt.folder(), texts, vocabulary).write(fs, attempt.folder());
  }

  private List<Text> texts() {
    var texts = new ArrayList<Text>();
    origin
        .sources()
        .forEach(
            (name, files) ->
                texts.add(
                    new Text(
                        files,
                        name.equals(Origin.ALL)
                            ? TokenCuts.of(origin.plan().splits().fractions(), measure(files))
                            : TokenCuts.whole(name))));
    return texts;
  }

  private long measure(List<SourceFile> files) {
    var total = new long[1];
    reader(Pass.MEASURE).read(files, cutter((chars, from, length) -> total[0]++));
    return total[0];
  }

  /** Of the training split alone, the first cut of the first text, unless the plan names one. */
  private Vocabulary vocabulary(Text text) {
    return origin.plan().learned(() -> words(text), origin.description(), hadoop);
  }

  private TokenCounts words(Text text) {
    var counts = new TokenCounts();
    TokenSink other = (chars, from, length) -> {};
    var training = new SplitSink(text.cuts(), split -> split.equals(Split.TRAIN) ? counts : other);
    reader(Pass.COUNT).read(text.files(), cutter(training));
    return counts;
  }

  private Manifest encode(FileSystem fs, Path attempt, List<Text> texts, Vocabulary vocabulary)
      throws IOException {
    var format = BlockFormat.forVocabulary(vocabulary.size(), IDS_PER_BLOCK);
    var splits = new LinkedHashMap<String, Manifest.Content>();
    TextReader reader = reader(Pass.ENCODE);
    for (Text text : texts) {
      var writers = new LinkedHashMap<String, SplitWriter>();
      for (TokenCuts.Cut cut : text.cuts().cuts()) {
        writers.put(cut.split(), new SplitWriter(fs, attempt, cut.split(), format));
      }
      reader.read(
          text.files(),
          cutter(new SplitSink(text.cuts(), split -> vocabulary.encoder(writers.get(split)::add))));
      writers.forEach((split, writer) -> splits.put(split, writer.finish()));
    }
    requireUnchanged();
    writeVocabulary(fs, attempt, vocabulary);
    return new Manifest(
        Manifest.VERSION, origin, vocabulary.sha256(), format, reader.replaced(), splits);
  }

  static void writeVocabulary(FileSystem fs, Path folder, Vocabulary vocabulary)
      throws IOException {
    writeText(fs, new Path(folder, Manifest.VOCABULARY_FILE), vocabulary.toJson());
    Optional<String> file = vocabulary.tokenizerFile();
    if (file.isPresent()) {
      writeText(fs, new Path(folder, TokenizerFile.NAME), file.get());
    }
  }

  private static void writeText(FileSystem fs, Path file, String text) throws IOException {
    try (FSDataOutputStream out = fs.create(file, false)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A text that grew between two passes would be cut in the wrong place. */
  private void requireUnchanged() {
    if (!Origin.find(origin.plan(), hadoop).equals(origin)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "text: %s changed while it was read; prepare it again",
              origin.description()));
    }
  }

  private Tokenizer.Cutter cutter(TokenSink sink) {
    return tokenizer.cutter(sink, origin.plan().lowercase());
  }

  private TextReader reader(Pass pass) {
    return new TextReader(hadoop, origin.plan().invalidUtf8(), origin.bytes(), listener, pass);
  }
}
