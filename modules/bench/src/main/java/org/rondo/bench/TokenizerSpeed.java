package org.rondo.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;

/**
 * Megabytes of text that one thread turns into ids in a second of its processor time, by every
 * tokenizer, and how long its vocabulary takes.
 *
 * <p>Usage: {@code TokenizerSpeed TEXT SIZE SECONDS FOLDER}: a file of UTF-8, the largest size of a
 * vocabulary, seconds for each figure, and where the {@code tokenizer.json} is written that other
 * libraries are measured with. Prints rows of a table.
 */
public final class TokenizerSpeed {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final char[] text;
  private final double megabytes;
  private final VocabularyPlan plan;

  private TokenizerSpeed(Path file, int size) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    text = new String(bytes, StandardCharsets.UTF_8).toCharArray();
    megabytes = bytes.length / 1e6;
    plan = new VocabularyPlan(1, size);
  }

  /** Prints a row for every tokenizer. */
  public static void main(String[] arguments) throws IOException {
    var speed = new TokenizerSpeed(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    for (Tokenizer tokenizer : Tokenizer.ALL.members().values()) {
      long begin = speed.now();
      TokenCounts counts = speed.counts(tokenizer);
      long counted = speed.now();
      Vocabulary vocabulary = tokenizer.vocabulary(counts, false, speed.plan);
      long learned = speed.now();
      double seconds = Double.parseDouble(arguments[2]);
      speed.encode(vocabulary, seconds); // until the code is compiled
      Encoded encoded = speed.encode(vocabulary, seconds);
      System.out.printf(
          Locale.ROOT,
          "| Rondo `%s` | %,d | %.1f | %.1f | %.1f | %.2f |%n",
          tokenizer.name(),
          vocabulary.size(),
          (counted - begin) / 1e9,
          (learned - counted) / 1e9,
          encoded.megabytesPerSecond(),
          encoded.bytesPerId());
      if (vocabulary.tokenizerFile().isPresent()) {
        Files.writeString(
            Path.of(arguments[3], "tokenizer.json"), vocabulary.tokenizerFile().get());
      }
    }
  }

  /** Processor time of this thread in nanoseconds. */
  private long now() {
    return threads.getCurrentThreadCpuTime();
  }

  private TokenCounts counts(Tokenizer tokenizer) {
    var counts = new TokenCounts();
    Tokenizer.Cutter cutter = tokenizer.cutter(counts);
    cutter.accept(text, 0, text.length);
    cutter.endFile();
    return counts;
  }

  private record Encoded(double megabytesPerSecond, double bytesPerId) {}

  /** Over and over for as many seconds of processor time, once at least. */
  private Encoded encode(Vocabulary vocabulary, double seconds) {
    long begin = now();
    int times = 0;
    long ids = 0;
    do {
      ids = encode(vocabulary);
      times++;
    } while (now() - begin < seconds * 1e9);
    return new Encoded(times * megabytes / ((now() - begin) / 1e9), megabytes * 1e6 / ids);
  }

  /** The number of ids. */
  private long encode(Vocabulary vocabulary) {
    var ids = new long[1];
    Tokenizer.Cutter cutter =
        Tokenizer.named(vocabulary.tokenizer()).cutter(vocabulary.encoder(id -> ids[0]++));
    cutter.accept(text, 0, text.length);
    cutter.endFile();
    return ids[0];
  }
}
