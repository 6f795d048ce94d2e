package org.rondo.ingest;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A prepared corpus: a folder of checked blocks of ids with a vocabulary and a manifest. */
public final class Corpus {
  /** The split that networks learn from. */
  public static final String TRAIN = "train";

  /** The split that schedules and the choice of the best checkpoint look at. */
  public static final String VALIDATION = "validation";

  /** The split that nothing looks at before the end. */
  public static final String TEST = "test";

  private Corpus() {}

  /** Whether {@code folder} holds the corpus of this plan and of the text as it is now. */
  public static boolean isPrepared(CorpusPlan plan, Path folder, Configuration hadoop) {
    return false;
  }

  /** Opens the corpus in {@code folder}, preparing it first unless {@link #isPrepared}. */
  public static Corpus prepare(
      CorpusPlan plan, Path folder, Configuration hadoop, PrepareListener listener) {
    return null;
  }

  /** Opens a prepared corpus. */
  public static Corpus open(Path folder, Configuration hadoop) {
    return null;
  }

  /** What it was prepared from. */
  public CorpusPlan plan() {
    return null;
  }

  /** Where it is. */
  public Path folder() {
    return null;
  }

  /** Ids of its tokens. */
  public Vocabulary vocabulary() {
    return null;
  }

  /** How its text was cut. */
  public Tokenizer tokenizer() {
    return null;
  }

  /** Tokens in {@code train}, {@code validation} or {@code test}. */
  public long tokens(String split) {
    return 0;
  }

  /** How many of them have no id of their own. */
  public long unknown(String split) {
    return 0;
  }

  /** Invalid UTF-8 sequences that were replaced by U+FFFD, in all splits together. */
  public long replaced() {
    return 0;
  }

  /** Reads ids {@code from ..< from + count} of a split. */
  public int[] read(String split, long from, int count) {
    return new int[0];
  }
}
