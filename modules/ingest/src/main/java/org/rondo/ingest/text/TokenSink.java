package org.rondo.ingest.text;

/** Takes the tokens of a text one after another. */
@FunctionalInterface
public interface TokenSink {
  /** One token: {@code length} chars from {@code from} on, valid only during the call. */
  void token(char[] chars, int from, int length);
}
