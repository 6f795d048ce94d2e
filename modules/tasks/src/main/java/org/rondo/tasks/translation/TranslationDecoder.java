package org.rondo.tasks.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.Hypothesis;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;

/**
 * The best translation with its score; the best ones, where several are asked for; and what was
 * looked at, where that is.
 */
final class TranslationDecoder implements Decoder {
  static final String PREDICTION = "prediction";
  private static final String SCORE = "score";
  private static final String TRANSLATIONS = "translations";
  private static final String SCORES = "scores";
  static final String SOURCE_TOKENS = "source_tokens";
  static final String TARGET_TOKENS = "target_tokens";
  static final String ATTENTION = "attention";

  private final Function<Example, List<String>> sources;
  private final String sourceTokenizer;
  private final TargetText text;
  private final TranslationSearch search;

  /**
   * @param sources the tokens of a row's source, as the network reads them
   * @param sourceTokenizer name of the tokenizer that cuts them
   */
  TranslationDecoder(
      Function<Example, List<String>> sources,
      String sourceTokenizer,
      TargetText text,
      TranslationSearch search) {
    this.sources = sources;
    this.sourceTokenizer = sourceTokenizer;
    this.text = text;
    this.search = search;
  }

  @Override
  public List<Column> columns() {
    var columns = new ArrayList<Column>();
    columns.add(new Column(PREDICTION, ColumnType.TEXT, Need.ALWAYS));
    columns.add(new Column(SCORE, ColumnType.NUMBER, Need.ALWAYS));
    if (search.best() > 1) {
      columns.add(new Column(TRANSLATIONS, ColumnType.TOKENS, Need.ALWAYS));
      columns.add(new Column(SCORES, ColumnType.NUMBERS, Need.ALWAYS));
    }
    if (search.showAttention()) {
      columns.add(new Column(SOURCE_TOKENS, ColumnType.TOKENS, Need.ALWAYS));
      columns.add(new Column(TARGET_TOKENS, ColumnType.TOKENS, Need.ALWAYS));
      columns.add(new Column(ATTENTION, ColumnType.SERIES, Need.ALWAYS));
    }
    return columns;
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    List<String> source = sources.apply(row);
    List<Hypothesis> found = predictions.hypotheses();
    var values = new HashMap<String, Object>();
    List<String> tokens = tokens(found.get(0), source);
    values.put(PREDICTION, text.of(tokens));
    values.put(SCORE, found.get(0).score());
    if (search.best() > 1) {
      values.put(TRANSLATIONS, found.stream().map(each -> text.of(tokens(each, source))).toList());
      values.put(SCORES, found.stream().mapToDouble(Hypothesis::score).toArray());
    }
    if (search.showAttention()) {
      values.put(SOURCE_TOKENS, source);
      values.put(TARGET_TOKENS, tokens);
      // Without what was looked at for the end.
      values.put(ATTENTION, Arrays.copyOf(found.get(0).attention(), tokens.size()));
    }
    return values;
  }

  private List<String> tokens(Hypothesis hypothesis, List<String> source) {
    var tokens = new ArrayList<String>();
    int[] labels = hypothesis.labels();
    for (int n = 0; n < labels.length; n++) {
      boolean replaced = labels[n] == Vocabulary.UNKNOWN_ID && search.replaceUnknown();
      tokens.add(
          replaced
              ? text.copied(source.get(largest(hypothesis.attention()[n])), sourceTokenizer)
              : text.token(labels[n]));
    }
    return tokens;
  }

  /** The first of the largest. */
  private static int largest(float[] weights) {
    int largest = 0;
    for (int t = 1; t < weights.length; t++) {
      largest = weights[t] > weights[largest] ? t : largest;
    }
    return largest;
  }
}
