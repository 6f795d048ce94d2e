package org.rondo.tasks.translation;

import java.util.ArrayList;
import java.util.List;
import org.rondo.evaluation.texts.WrittenText;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;

/** The text that labels of a target stand for. */
final class TargetText implements WrittenText {
  private static final long serialVersionUID = 1L;

  private final String tokenizer;

  /** By id; the label behind them is the end. */
  private final String[] tokens;

  TargetText(Vocabulary vocabulary) {
    tokenizer = vocabulary.tokenizer();
    tokens = new String[vocabulary.size()];
    for (int id = 0; id < tokens.length; id++) {
      tokens[id] = vocabulary.token(id);
    }
  }

  /** The label that ends a target. */
  int end() {
    return tokens.length;
  }

  @Override
  public String of(int[] classes, String unknown) {
    var text = new ArrayList<String>();
    for (int n = 0; n < classes.length && classes[n] >= 0 && classes[n] != end(); n++) {
      text.add(classes[n] == Vocabulary.UNKNOWN_ID ? unknown : tokens[classes[n]]);
    }
    return of(text);
  }

  /** The text of tokens. */
  String of(List<String> written) {
    return Tokenizer.named(tokenizer).join(written);
  }

  /**
   * A token of a source as one of this text.
   *
   * @param other name of the tokenizer that cut it
   */
  String copied(String token, String other) {
    return other.equals(tokenizer)
        ? token
        : Tokenizer.named(tokenizer).spelled(Tokenizer.named(other).join(List.of(token)).strip());
  }

  /** The token of a label that is none of the end and not unknown. */
  String token(int label) {
    return tokens[label];
  }
}
