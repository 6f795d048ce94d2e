package org.rondo.ingest;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.VocabularyPlan;

/** Writes small texts and plans for tests. */
public final class Texts {
  public static final Configuration HADOOP = new Configuration();

  private Texts() {}

  public static Path write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path zstd(Path file, String... frames) {
    var out = new ByteArrayOutputStream();
    for (String frame : frames) {
      out.writeBytes(Zstd.compress(frame.getBytes(StandardCharsets.UTF_8)));
    }
    return write(file, out.toByteArray());
  }

  public static Path gzip(Path file, String text) {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One text, all of it for training. */
  public static CorpusPlan whole(Path text, String tokenizer) {
    return fractions(text, tokenizer, 0, 0);
  }

  public static CorpusPlan fractions(Path text, String tokenizer, double validation, double test) {
    return new CorpusPlan(
        new SplitPlan.ByFraction(text.toString(), validation, test),
        tokenizer,
        VocabularyPlan.EVERYTHING,
        InvalidUtf8.REJECT);
  }

  public static Corpus prepare(CorpusPlan plan, Path folder) {
    return Corpus.prepare(plan, hadoop(folder), HADOOP, PrepareListener.SILENT);
  }

  public static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  /** The text of a split, as its tokenizer joins it. */
  public static String text(Corpus corpus, String split) {
    int[] ids = corpus.read(split, 0, (int) corpus.tokens(split));
    return corpus
        .tokenizer()
        .join(Arrays.stream(ids).mapToObj(corpus.vocabulary()::token).toList());
  }
}
