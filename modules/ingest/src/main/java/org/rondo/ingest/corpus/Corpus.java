package org.rondo.ingest.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Deal;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.StorageReason;
import org.rondo.ingest.UnrollSteps;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.TokenizerFile;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.Counted;
import org.rondo.models.NetworkSpec;

/**
 * A prepared corpus: a folder of blocks of ids, {@code train/block-00000.bin} and so on, with
 * {@code vocabulary.json}, a {@link TokenizerFile} where tokens are merged, and {@code
 * manifest.json}. A folder without a valid manifest is no corpus. Safe for use by several threads.
 */
public final class Corpus implements Dataset {
  private final Path folder;
  private final Configuration hadoop;
  private final Manifest manifest;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;

  private Corpus(Path folder, Configuration hadoop, Manifest manifest, Vocabulary vocabulary) {
    this.folder = folder;
    this.hadoop = hadoop;
    this.manifest = manifest;
    this.vocabulary = vocabulary;
    this.tokenizer = Tokenizer.named(vocabulary.tokenizer());
  }

  /**
   * Whether {@link #find} finds the corpus of this plan and of the text as it is now: the same
   * files with the same lengths and times of modification.
   *
   * @throws IngestException if the plan's text is not there, or the folder holds something other
   *     than a corpus
   */
  public static boolean isPrepared(CorpusPlan plan, Path folder, Configuration hadoop) {
    return find(plan, folder, hadoop).isPresent();
  }

  /**
   * Where a plan's text lies, of how many files and bytes.
   *
   * @throws IngestException if one of its paths has no file
   */
  public static String describeText(CorpusPlan plan, Configuration hadoop) {
    return Origin.find(plan, hadoop).description();
  }

  /**
   * Opens the corpus of this plan and of the text as it is now, if it is prepared: in {@code
   * folder}, or where {@link #prepare} would have put it. Writes nothing.
   *
   * @throws IngestException if the plan's text is not there, or the folder holds something other
   *     than a corpus
   */
  public static Optional<Corpus> find(CorpusPlan plan, Path folder, Configuration hadoop) {
    Origin origin = Origin.find(plan, hadoop);
    try {
      return CorpusPlace.of(folder, origin, hadoop).find().map(found -> open(found, hadoop));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /**
   * Opens the newest corpus that this plan made of such rows, whatever they held: in {@code
   * folder}, or where {@link #prepare} puts another one.
   *
   * @param rows fingerprint of how they are read, see {@link Origin#rows}
   */
  public static Optional<Corpus> findOfRows(
      CorpusPlan plan, String rows, Path folder, Configuration hadoop) {
    return DiskFailure.worded(
        "corpus: cannot read",
        folder,
        () ->
            CorpusPlace.all(folder, hadoop).stream()
                .map(found -> open(found, hadoop))
                .filter(found -> found.manifest.origin().plan().equals(plan))
                .filter(found -> found.manifest.origin().rows().equals(rows))
                .findFirst());
  }

  /**
   * Opens the corpus of this plan and of the text as it is now, preparing it first unless it is
   * there. A folder that holds the corpus of another plan or text stays as it is, since a run may
   * read it: then this one is put beside it, in a folder of the same name with a fingerprint.
   *
   * @throws IngestException if the text is missing, empty, damaged or badly encoded, or if the
   *     folder holds something other than a corpus
   * @throws UncheckedIOException if the corpus cannot be written; then nothing of it remains
   */
  public static Corpus prepare(
      CorpusPlan plan, Path folder, Configuration hadoop, PrepareListener listener) {
    Origin origin = Origin.find(plan, hadoop);
    return DiskFailure.worded(
        "corpus: cannot write",
        folder,
        () -> {
          var place = CorpusPlace.of(folder, origin, hadoop);
          Optional<Path> found = place.find();
          Path there =
              found.isPresent()
                  ? found.get()
                  : new CorpusWriter(origin, hadoop, listener).write(place);
          return open(there, hadoop);
        });
  }

  /**
   * Opens a prepared corpus.
   *
   * @throws IngestException if there is none, or its vocabulary is not the one prepared
   */
  public static Corpus open(Path folder, Configuration hadoop) {
    try {
      FileSystem fs = folder.getFileSystem(hadoop);
      Manifest manifest = Manifest.read(fs, folder);
      return new Corpus(folder, hadoop, manifest, vocabulary(fs, folder, manifest));
    } catch (FileNotFoundException | ChecksumException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT, "corpus: %s is no prepared corpus: %s", folder, e.getMessage()),
          e);
    } catch (JsonProcessingException e) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: %s is not valid: %s",
              new Path(folder, Manifest.FILE),
              JsonFile.problem(e)),
          e);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static Vocabulary vocabulary(FileSystem fs, Path folder, Manifest manifest)
      throws IOException {
    var path = new Path(folder, Manifest.VOCABULARY_FILE);
    Vocabulary vocabulary;
    try (FSDataInputStream in = fs.open(path)) {
      vocabulary = Vocabulary.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IngestException(
          String.format(Locale.ROOT, "corpus: %s: %s", path, e.getMessage()), e);
    }
    if (!vocabulary.sha256().equals(manifest.vocabularySha256())) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: %s has sha256 %s, the manifest says %s; prepare the corpus again",
              path,
              vocabulary.sha256(),
              manifest.vocabularySha256()));
    }
    return vocabulary;
  }

  /** What it was prepared from. */
  public CorpusPlan plan() {
    return manifest.origin().plan();
  }

  @Override
  public Path folder() {
    return folder;
  }

  /** Where it is, for other machines. */
  public CorpusFolder place() {
    return CorpusFolder.of(folder, hadoop);
  }

  /** Ids of its tokens. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * A token in which ends of lines may be hidden, see {@link Vocabulary#mergedLineEnd}; none of
   * documents in rows, each of which ends with a token of its own.
   */
  Optional<String> mergedLineEnd() {
    return manifest.origin().rows().isEmpty() ? vocabulary.mergedLineEnd() : Optional.empty();
  }

  /** How its text was cut. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /**
   * Tokens in {@code train}, {@code validation} or {@code test}; 0 where there is no such split.
   */
  public long tokens(String split) {
    return manifest.split(split).tokens();
  }

  /** Of a split's length and the checksums of its blocks. */
  @Override
  public String fingerprint(String split) {
    return manifest.split(split).fingerprint();
  }

  /** How many of them have no id of their own. */
  public long unknown(String split) {
    return manifest.split(split).unknown();
  }

  /** As {@link #unknown}, as a share of the split's tokens; 0 where there are none. */
  public double unknownShare(String split) {
    return tokens(split) == 0 ? 0 : (double) unknown(split) / tokens(split);
  }

  /** Invalid UTF-8 sequences that were replaced by U+FFFD, in all splits together. */
  public long replaced() {
    return manifest.replaced();
  }

  /**
   * Reads ids {@code from ..< from + count} of a split, checking every block on the way; holds one
   * block beside the result.
   *
   * @throws IndexOutOfBoundsException if the split is shorter
   * @throws IngestException if a block is missing or damaged
   */
  public int[] read(String split, long from, int count) {
    return blocks(split).read(from, count);
  }

  @Override
  public Map<String, String> dictionaries() {
    var texts = new TreeMap<String, String>();
    texts.put(Manifest.VOCABULARY_FILE, vocabulary.toJson());
    vocabulary.tokenizerFile().ifPresent(text -> texts.put(TokenizerFile.NAME, text));
    return texts;
  }

  @Override
  public Shard shard(ShardPlan plan, int shard, long seed) {
    return reading(plan).shard(this, plan, shard, seed);
  }

  @Override
  public Shard part(ShardPlan plan, int part) {
    return reading(plan).part(this, plan, part);
  }

  @Override
  public List<Integer> steps(ShardPlan plan) {
    return plan.varied() ? UnrollSteps.different(plan.unroll()) : List.of(plan.unroll());
  }

  @Override
  public long targets(DataOrder order, String split) {
    return TextReading.of(order).targets(this, split);
  }

  @Override
  public long minibatches(ShardPlan plan) {
    return reading(plan).minibatches(this, plan);
  }

  @Override
  public Deal deal(ShardPlan plan) {
    return reading(plan).deal(this, plan);
  }

  private static TextReading reading(ShardPlan plan) {
    return TextReading.of(plan.order());
  }

  @Override
  public void requireParts(ShardPlan plan) {
    if (tokens(plan.split()) <= plan.rows()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "the %s split has %s; evaluate.streams = %d needs at least %d",
              plan.split(),
              Counted.of(tokens(plan.split()), "token"),
              plan.rows(),
              plan.rows() + 1));
    }
    reading(plan).requireParts(this, plan);
  }

  @Override
  public void requireFits(NetworkSpec network, int unroll) {
    int ids = network.idColumns().size() == 1 ? network.idColumns().get(0) : 0;
    int classes = network.targetValues() > 0 ? 0 : network.head().outputs();
    int size = vocabulary.size();
    if (ids < size || classes < size) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: %s has a vocabulary of %d tokens, the network takes %s and predicts %s",
              folder,
              size,
              ids > 0 ? "ids below " + ids : network.inputValues() + " values",
              classes > 0 ? "classes below " + classes : network.targetValues() + " values"));
    }
    if (network.labels(1) > 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: %s has a next token for each step, the head %s takes labels of whole"
                  + " sequences",
              folder,
              network.head().type()));
    }
  }

  /** Throws if a split has no target. */
  void requireTargets(String split, long targets) {
    if (targets < 1) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: split %s of %s holds %s; there is nothing to predict",
              split,
              folder,
              Counted.of(tokens(split), "token")));
    }
  }

  /** The blocks of a split. */
  SplitBlocks blocks(String split) {
    try {
      FileSystem fs = folder.getFileSystem(hadoop);
      return new SplitBlocks(
          fs, folder, split, manifest.blocks(), manifest.split(split), vocabulary.size());
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static UncheckedIOException unreadable(Path path, IOException e) {
    return new UncheckedIOException(
        String.format(Locale.ROOT, "corpus: cannot read %s: %s", path, StorageReason.of(e)), e);
  }
}
