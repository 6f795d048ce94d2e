package org.rondo.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.PrepareListener.Pass;

/**
 * Writes a prepared corpus in passes over the text, holding one block of ids and the table of
 * tokens, never a text.
 *
 * <p>Everything is written beside the final place under the attempt's own name and then renamed;
 * the manifest follows.
 */
final class CorpusWriter {
  /** Ids in a full block: 2 MB of two bytes each. */
  static final int IDS_PER_BLOCK = 1 << 20;

  private static final Set<String> OWN_NAMES =
      Set.of(
          Corpus.TRAIN,
          Corpus.VALIDATION,
          Corpus.TEST,
          Manifest.FILE,
          "_" + Manifest.FILE,
          Manifest.VOCABULARY_FILE);

  /** The first {@code tokens} tokens that are left of a text belong to {@code split}. */
  private record Cut(String split, long tokens) {}

  /** Files that are read as one, and where they are cut. */
  private record Text(List<SourceFile> files, List<Cut> cuts) {}

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
   * Writes the corpus to {@code folder} in place of the one that may be there.
   *
   * @throws IngestException if the text cannot be used, or the folder holds other things
   * @throws UncheckedIOException if it cannot be written; then nothing of it remains
   */
  void write(Path folder) {
    // Through text: a path made from a URI may end in a slash, and then has no name.
    var place = new Path(folder.toString());
    origin.requireOutside(place, hadoop);
    try {
      FileSystem fs = place.getFileSystem(hadoop);
      Path parent = fs.makeQualified(place).getParent();
      var attempt =
          new Path(
              parent, String.format(Locale.ROOT, "_%s.%s", place.getName(), UUID.randomUUID()));
      requireReplaceable(fs, place);
      List<Text> texts = texts();
      Vocabulary vocabulary = vocabulary(texts.get(0));
      try {
        fs.mkdirs(attempt);
        fs.deleteOnExit(attempt);
        Manifest manifest = encode(fs, attempt, texts, vocabulary);
        commit(fs, attempt, place, manifest);
      } finally {
        fs.delete(attempt, true);
        fs.cancelDeleteOnExit(attempt);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "corpus: cannot write %s: %s", folder, e.getMessage()), e);
    }
  }

  /** A folder that holds anything else is not ours to delete. */
  private static void requireReplaceable(FileSystem fs, Path folder) throws IOException {
    if (!fs.exists(folder)) {
      return;
    }
    for (FileStatus entry : fs.listStatus(folder)) {
      if (!OWN_NAMES.contains(entry.getPath().getName())) {
        throw new IngestException(
            String.format(
                Locale.ROOT,
                "corpus: %s holds %s, which is no part of a corpus; name another folder",
                folder,
                entry.getPath().getName()));
      }
    }
  }

  private List<Text> texts() {
    if (origin.plan().splits() instanceof SplitPlan.ByFraction fractions) {
      List<SourceFile> files = origin.sources().get(Origin.ALL);
      return List.of(new Text(files, cuts(fractions, measure(files))));
    }
    return origin.sources().entrySet().stream()
        .map(e -> new Text(e.getValue(), List.of(new Cut(e.getKey(), Long.MAX_VALUE))))
        .toList();
  }

  private long measure(List<SourceFile> files) {
    var total = new long[1];
    reader(Pass.MEASURE).read(files, tokenizer.cutter((chars, from, length) -> total[0]++));
    return total[0];
  }

  /** In decimal arithmetic, so that a half of 0.1 + 0.1 is not lost by rounding. */
  private static List<Cut> cuts(SplitPlan.ByFraction fractions, long total) {
    BigDecimal all = BigDecimal.valueOf(total);
    BigDecimal untilTest = BigDecimal.ONE.subtract(BigDecimal.valueOf(fractions.test()));
    BigDecimal untilValidation = untilTest.subtract(BigDecimal.valueOf(fractions.validation()));
    long train = all.multiply(untilValidation).setScale(0, RoundingMode.FLOOR).longValueExact();
    long rest = all.multiply(untilTest).setScale(0, RoundingMode.FLOOR).longValueExact() - train;
    return List.of(
        new Cut(Corpus.TRAIN, train),
        new Cut(Corpus.VALIDATION, rest),
        new Cut(Corpus.TEST, Long.MAX_VALUE));
  }

  /** Of the training split alone: the first cut of the first text. */
  private Vocabulary vocabulary(Text text) {
    long limit = text.cuts().get(0).tokens();
    var counts = new TokenCounts();
    TokenSink training =
        (chars, from, length) -> {
          if (counts.total() < limit) {
            counts.token(chars, from, length);
          }
        };
    reader(Pass.COUNT).read(text.files(), tokenizer.cutter(training));
    if (counts.total() == 0) {
      throw new IngestException(
          String.format(Locale.ROOT, "corpus: no token to train on in %s", origin.description()));
    }
    return counts.vocabulary(tokenizer.name(), origin.plan().vocabulary());
  }

  private Manifest encode(FileSystem fs, Path attempt, List<Text> texts, Vocabulary vocabulary)
      throws IOException {
    var format = BlockFormat.forVocabulary(vocabulary.size(), IDS_PER_BLOCK);
    var splits = new LinkedHashMap<String, Manifest.Split>();
    TextReader reader = reader(Pass.ENCODE);
    for (Text text : texts) {
      var writers = new SplitWriter[text.cuts().size()];
      for (int i = 0; i < writers.length; i++) {
        writers[i] = new SplitWriter(fs, attempt, text.cuts().get(i).split(), format);
      }
      reader.read(text.files(), tokenizer.cutter(new Encoder(vocabulary, text.cuts(), writers)));
      for (int i = 0; i < writers.length; i++) {
        splits.put(text.cuts().get(i).split(), writers[i].finish());
      }
    }
    requireUnchanged();
    try (FSDataOutputStream out = fs.create(new Path(attempt, Manifest.VOCABULARY_FILE), false)) {
      out.write(vocabulary.toJson().getBytes(StandardCharsets.UTF_8));
    }
    return new Manifest(
        Manifest.VERSION, origin, vocabulary.sha256(), format, reader.replaced(), splits);
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

  private void commit(FileSystem fs, Path attempt, Path folder, Manifest manifest)
      throws IOException {
    if (Corpus.isPrepared(origin, folder, hadoop)) {
      return; // another process was faster, with the same result
    }
    fs.delete(new Path(folder, Manifest.FILE), false);
    fs.delete(folder, true);
    if (!fs.rename(attempt, folder)) {
      throw new IOException(String.format(Locale.ROOT, "cannot rename %s to %s", attempt, folder));
    }
    try {
      manifest.write(fs, folder);
    } catch (IOException e) {
      fs.delete(folder, true);
      throw e;
    }
  }

  private TextReader reader(Pass pass) {
    return new TextReader(hadoop, origin, listener, pass);
  }

  /** Gives each split its share of the tokens, as ids. */
  private static final class Encoder implements TokenSink {
    private final Vocabulary vocabulary;
    private final List<Cut> cuts;
    private final SplitWriter[] writers;
    private int current;
    private long left;

    Encoder(Vocabulary vocabulary, List<Cut> cuts, SplitWriter[] writers) {
      this.vocabulary = vocabulary;
      this.cuts = cuts;
      this.writers = writers;
      this.left = cuts.get(0).tokens();
    }

    @Override
    public void token(char[] chars, int from, int length) {
      while (left == 0) {
        current++;
        left = cuts.get(current).tokens();
      }
      left--;
      writers[current].add(vocabulary.id(chars, from, length));
    }
  }
}
