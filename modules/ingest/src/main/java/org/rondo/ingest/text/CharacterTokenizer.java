package org.rondo.ingest.text;

import com.google.auto.service.AutoService;
import java.util.List;

/**
 * Every Unicode code point is a token: CR, LF and a byte order mark as much as a letter. Files
 * follow each other without anything between.
 */
@AutoService(Tokenizer.class)
public final class CharacterTokenizer implements Tokenizer {
  @Override
  public String name() {
    return "characters";
  }

  @Override
  public String lineEnd() {
    return "\n";
  }

  @Override
  public String join(List<String> tokens) {
    return String.join("", tokens);
  }

  @Override
  public boolean joinsPairwise() {
    return true;
  }

  @Override
  public Cutter cutter(TokenSink sink) {
    return new Cutter() {
      @Override
      public void accept(char[] chars, int from, int length) {
        int end = from + length;
        for (int i = from; i < end; ) {
          boolean pair = Character.isHighSurrogate(chars[i]) && i + 1 < end;
          int width = pair && Character.isLowSurrogate(chars[i + 1]) ? 2 : 1;
          sink.token(chars, i, width);
          i += width;
        }
      }

      @Override
      public void flush() {}

      @Override
      public void endFile() {}
    };
  }
}
