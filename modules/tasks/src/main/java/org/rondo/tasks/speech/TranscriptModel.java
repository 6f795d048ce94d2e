package org.rondo.tasks.speech;

import java.util.List;
import java.util.Locale;
import org.rondo.evaluation.Predictions;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Network;
import org.rondo.models.heads.ctc.SymbolModel;
import org.rondo.tasks.LanguageModel;

/**
 * How likely each symbol of a transcript is by a language model: that of a line of text, whose end
 * is the end of the transcript. For one thread.
 */
final class TranscriptModel implements AutoCloseable {
  private final Network network;

  /** The model's id of each symbol that is transcribed; behind them that of the end. */
  private final int[] ids;

  private final int[] input = new int[1];
  private final float[] logits;

  TranscriptModel(LanguageModel model, List<String> symbols, Kernels kernels) {
    ids = ids(model.vocabulary(), symbols);
    network = Network.forEvaluation(model.spec(), kernels, ElementType.FLOAT32, 1, 1);
    float[] values = model.values();
    network.parameters().values().write(0, values, 0, values.length);
    network.parametersChanged();
    logits = new float[model.spec().head().outputs()];
  }

  private static String lineEnd(Vocabulary vocabulary) {
    return Tokenizer.named(vocabulary.tokenizer()).lineEnd();
  }

  private static int[] ids(Vocabulary vocabulary, List<String> symbols) {
    var ids = new int[symbols.size() + 1];
    for (int k = 0; k < symbols.size(); k++) {
      ids[k] = vocabulary.id(symbols.get(k));
    }
    ids[symbols.size()] = vocabulary.id(lineEnd(vocabulary));
    return ids;
  }

  /**
   * Throws if a model does not know what transcripts are made of.
   *
   * @param text how transcripts become symbols
   * @param symbols that are transcribed
   */
  static void requireKnown(LanguageModel model, SpokenText text, List<String> symbols) {
    Vocabulary vocabulary = model.vocabulary();
    if (!vocabulary.tokenizer().equals(text.symbols())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "reads %s; transcripts are %s, as data.tokenizer = %s makes them",
              vocabulary.tokenizer(),
              text.symbols(),
              text.symbols()));
    }
    if (!vocabulary.contains(lineEnd(vocabulary))) {
      throw new IllegalArgumentException(
          "knows no end of a line; train it on text with a transcript in each line");
    }
    List<String> missing = symbols.stream().filter(each -> !vocabulary.contains(each)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "does not know '%s', which transcripts have%s",
              missing.get(0),
              missing.size() > 1 ? ", and " + (missing.size() - 1) + " more of them" : ""));
    }
  }

  /** Before the first symbol. */
  SymbolModel start() {
    return read(ids[ids.length - 1], network.newState());
  }

  /** Reads a symbol, which advances the state. */
  private Place read(int id, HiddenState state) {
    input[0] = id;
    network.logits(input, state, logits);
    var all = new double[logits.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = logits[i];
    }
    double sum = Predictions.logSumExp(all);
    var logs = new double[ids.length];
    for (int k = 0; k < ids.length; k++) {
      logs[k] = all[ids[k]] - sum;
    }
    return new Place(logs, state);
  }

  /** Behind some symbols. */
  private final class Place implements SymbolModel {
    private final double[] logs;
    private final HiddenState state;

    Place(double[] logs, HiddenState state) {
      this.logs = logs;
      this.state = state;
    }

    @Override
    public double log(int symbol) {
      return logs[symbol];
    }

    @Override
    public double endLog() {
      return logs[logs.length - 1];
    }

    @Override
    public SymbolModel after(int symbol) {
      var next = new HiddenState(state.values().length);
      System.arraycopy(state.values(), 0, next.values(), 0, next.values().length);
      return read(ids[symbol], next);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
