package org.rondo.ingest.corpus;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.rondo.ingest.text.TokenSink;

/** Gives each split its share of the tokens of a text. */
public final class SplitSink implements TokenSink {
  private final TokenCuts cuts;
  private final Function<String, TokenSink> sinks;
  private final Map<String, TokenSink> begun = new HashMap<>();
  private int current = -1;
  private long left;
  private TokenSink sink;

  /**
   * @param sinks of splits, by name; asked when the first token of a split comes
   */
  public SplitSink(TokenCuts cuts, Function<String, TokenSink> sinks) {
    this.cuts = cuts;
    this.sinks = sinks;
  }

  @Override
  public void token(char[] chars, int from, int length) {
    while (left == 0) {
      current++;
      TokenCuts.Cut cut = cuts.cuts().get(current);
      left = cut.tokens();
      sink = left == 0 ? sink : begun.computeIfAbsent(cut.split(), sinks);
    }
    left--;
    sink.token(chars, from, length);
  }
}
