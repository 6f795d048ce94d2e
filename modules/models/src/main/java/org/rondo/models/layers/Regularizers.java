package org.rondo.models.layers;

/**
 * What keeps a {@link RecurrentStack} from learning its training text by heart: where it drops how
 * much in training, and what its loss adds. With all of them it is that of an AWD-LSTM.
 *
 * @param input rate of dropout below the lowest layer
 * @param between rate of dropout between two layers
 * @param output rate of dropout above the highest layer
 * @param locked whether these drop the same columns in all steps, see {@link Dropout}
 * @param embedding share of the ids that a minibatch has no vector for, see {@link Embedding}
 * @param weights share of the recurrent weights that it goes without, see {@link Recurrent}
 * @param activation of the highest layer's output, behind its dropout, see {@link Regularization}
 * @param temporal of the highest layer's output, before its dropout
 * @see <a href="https://arxiv.org/abs/1708.02182">Merity, Keskar and Socher 2018</a>
 */
public record Regularizers(
    double input,
    double between,
    double output,
    boolean locked,
    double embedding,
    double weights,
    double activation,
    double temporal) {
  public Regularizers {
    Dropout.requireRate("input_dropout", input);
    Dropout.requireRate("dropout", between);
    Dropout.requireRate("output_dropout", output);
    Dropout.requireRate("embedding_dropout", embedding);
    Dropout.requireRate("weight_drop", weights);
    Regularization.requireFactor("activation_regularization", activation);
    Regularization.requireFactor("temporal_regularization", temporal);
  }

  /** The same dropout before each layer and behind the last, and nothing else. */
  public static Regularizers dropout(double rate) {
    return new Regularizers(rate, rate, rate, false, 0, 0, 0, 0);
  }
}
