package org.rondo.models.heads.ctc;

/**
 * How likely symbols are behind those before them, such as letters of what is written in a
 * language: a place in a label. Immutable.
 */
public interface SymbolModel {
  /** Logarithm of the probability of a symbol here; minus infinity where it never comes. */
  double log(int symbol);

  /** That of the end of the label. */
  double endLog();

  /** The place behind one more symbol. */
  SymbolModel after(int symbol);
}
