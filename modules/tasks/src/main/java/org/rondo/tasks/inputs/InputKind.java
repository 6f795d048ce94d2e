package org.rondo.tasks.inputs;

import java.util.Locale;
import org.rondo.tasks.ColumnType;

/** What a task reads a row as. */
enum InputKind {
  WORDS("text", ColumnType.TEXT, "words-and-marks"),
  CHARACTERS("text", ColumnType.TEXT, "characters"),
  BPE("text", ColumnType.TEXT, "bpe"),
  TOKENS("tokens", ColumnType.TOKENS, TokenReader.TAKEN),
  SERIES("series", ColumnType.SERIES, ""),
  AUDIO(AudioReader.ROLE, ColumnType.BYTES, "");

  private final String role;
  private final ColumnType type;
  private final String tokenizer;

  InputKind(String role, ColumnType type, String tokenizer) {
    this.role = role;
    this.type = type;
    this.tokenizer = tokenizer;
  }

  /** As the configuration names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether rows that have its column are read so without being told. */
  boolean isFound() {
    return this != CHARACTERS && this != BPE && this != AUDIO;
  }

  /** Whether rows become values, and not tokens. */
  boolean hasValues() {
    return this == SERIES || this == AUDIO;
  }

  /** Of the column that it is read from. */
  String role() {
    return role;
  }

  ColumnType type() {
    return type;
  }

  /** What cuts it into tokens; empty where it has none. */
  String tokenizer() {
    return tokenizer;
  }
}
