package org.rondo.ingest.text;

import com.google.auto.service.AutoService;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Byte-level byte pair encoding: words of {@link SplitPattern}, whose bytes the vocabulary's {@link
 * Merges} put together (Sennrich et al. 2016). No text is unknown to it, and its tokens are the
 * very text again. Tokens are spelled in the {@link ByteAlphabet}.
 *
 * @see <a href="https://doi.org/10.18653/v1/P16-1162">Sennrich, Haddow and Birch 2016</a>
 */
@AutoService(Tokenizer.class)
public final class BytePairTokenizer implements Tokenizer {
  /** The unknown symbol, which never occurs, and one token for each byte. */
  static final int WITHOUT_MERGES = 1 + ByteAlphabet.SIZE;

  static final String NAME = "bpe";

  @Override
  public String name() {
    return NAME;
  }

  /** LF, which is never merged while merges are learned. */
  @Override
  public String lineEnd() {
    return String.valueOf(ByteAlphabet.of('\n'));
  }

  /** Bytes that are not UTF-8, such as half a character's, are U+FFFD. */
  @Override
  public String join(List<String> tokens) {
    var bytes = new ByteArrayOutputStream();
    tokens.forEach(token -> bytes.writeBytes(ByteAlphabet.bytes(token)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Unless bytes of the last character may be missing. */
  @Override
  public boolean isComplete(List<String> tokens) {
    return !join(tokens).endsWith("\uFFFD");
  }

  @Override
  public boolean cutsTokens() {
    return false;
  }

  /** With the space that a word begins with. */
  @Override
  public String spelled(String word) {
    return ByteAlphabet.of((" " + word).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Cutter cutter(TokenSink sink) {
    return new SplitPattern(sink);
  }

  /** Without a limit every word of the text would become a token. */
  @Override
  public Optional<String> refusal(VocabularyPlan plan) {
    return plan.maximumSize() >= WITHOUT_MERGES
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "must be >= %d with %s, such as 8000: the unknown symbol, the 256 bytes, and a token for each merge",
                WITHOUT_MERGES,
                NAME));
  }

  @Override
  public Vocabulary vocabulary(TokenCounts words, boolean lowercase, VocabularyPlan plan) {
    return new MergeTraining(words).vocabulary(lowercase, plan);
  }
}
