package org.rondo.ingest.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rondo.ingest.text.CharacterTokenizer;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;

/**
 * How much text the tokens of a split are, so that models with other tokens can be compared: a loss
 * per token is one per word, per character or per byte by the ratio of the counts. A character that
 * the vocabulary does not know counts as one byte, any other unknown token as the five characters
 * of its symbol.
 *
 * @param tokens ids
 * @param words between white space, and one for each end of a line, as the tokenizer {@code words}
 *     counts them
 * @param characters code points
 * @param bytes in UTF-8
 */
public record TextSize(long tokens, long words, long characters, long bytes) {
  /** Tokens that are joined at once, if their line is as long as that. */
  private static final int LONGEST_LINE = 1 << 20;

  private static final int WINDOW = 1 << 16;

  /** Joins the tokens of a split to the text that they are, line by line. */
  public static TextSize of(Corpus corpus, String split) {
    var counts = new Counts(corpus.tokenizer());
    Vocabulary vocabulary = corpus.vocabulary();
    // In the place of a character that is not known, one that is: the symbol for it has five.
    String unknown = corpus.tokenizer() instanceof CharacterTokenizer ? "?" : Vocabulary.UNKNOWN;
    long tokens = corpus.tokens(split);
    for (long from = 0; from < tokens; from += WINDOW) {
      for (int id : corpus.read(split, from, (int) Math.min(WINDOW, tokens - from))) {
        counts.add(id == Vocabulary.UNKNOWN_ID ? unknown : vocabulary.token(id));
      }
    }
    return counts.size(tokens);
  }

  /** The mean loss per word in nats, of a mean loss per token. */
  public double lossPerWord(double loss) {
    return loss * tokens / words;
  }

  /** Bits per character of a mean loss per token in nats. */
  public double bitsPerCharacter(double loss) {
    return loss / StrictMath.log(2) * tokens / characters;
  }

  /** Bits per byte of a mean loss per token in nats. */
  public double bitsPerByte(double loss) {
    return loss / StrictMath.log(2) * tokens / bytes;
  }

  private static final class Counts {
    private final Tokenizer tokenizer;
    private final Tokenizer.Cutter cutter =
        Tokenizer.named("words").cutter((chars, from, length) -> this.words++);
    private final List<String> line = new ArrayList<>();
    private long words;
    private long characters;
    private long bytes;

    Counts(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    void add(String token) {
      line.add(token);
      if (token.equals(tokenizer.lineEnd()) || line.size() == LONGEST_LINE) {
        join();
      }
    }

    private void join() {
      String text = tokenizer.join(line);
      line.clear();
      characters += text.codePointCount(0, text.length());
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      cutter.accept(text.toCharArray(), 0, text.length());
    }

    TextSize size(long tokens) {
      join();
      cutter.flush();
      return new TextSize(tokens, words, characters, bytes);
    }
  }
}
