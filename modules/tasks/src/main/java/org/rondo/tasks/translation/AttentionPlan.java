package org.rondo.tasks.translation;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rondo.models.LayerSpec;
import org.rondo.models.heads.decoder.DecoderHead;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.TaskSettings;

/**
 * The network that writes.
 *
 * @param embedding columns of the embedding of sources; 0 for as many as a recurrent layer has
 *     units
 * @param targetEmbedding columns of the embedding of targets; 0 for as many as that
 * @param layers of the decoder
 * @param units of each layer; 0 for as many as the encoder gives
 * @param attention how the decoder finds what it looks at
 * @param inputFeeding whether it reads what it found before
 * @param labelSmoothing share of probability spread over all tokens
 * @param sampling minibatches after which tokens before become its own ones; 0 for never
 */
record AttentionPlan(
    int embedding,
    int targetEmbedding,
    int layers,
    int units,
    String attention,
    boolean inputFeeding,
    double labelSmoothing,
    double sampling) {
  static final String HEAD = "decoder";

  private static final double MOST_SMOOTHING = 0.99;
  private static final String SAMPLING = "scheduled_sampling";
  private static final double MOST_SAMPLING = 1e8;

  static AttentionPlan of(TaskSettings settings) {
    return new AttentionPlan(
        settings.whole("embedding", 0, LayerSpec.MOST_COLUMNS),
        settings.whole("target_embedding", 0, LayerSpec.MOST_COLUMNS),
        settings.whole("decoder_layers", 1, DecoderHead.MOST_LAYERS),
        settings.whole("decoder_units", 0, LayerSpec.MOST_COLUMNS),
        settings.choice("attention", DecoderHead.ATTENTIONS),
        settings.flag("input_feeding"),
        settings.number("label_smoothing", 0, MOST_SMOOTHING),
        sampling(settings));
  }

  private static double sampling(TaskSettings settings) {
    double sampling = settings.number(SAMPLING, 0, MOST_SAMPLING);
    if (sampling > 0 && sampling < 1) {
      throw settings.refusal(SAMPLING, "must be 0 (never) or at least 1");
    }
    return sampling;
  }

  /** Throws if the decoder cannot look at what the encoder gives. */
  void requireFits(RecurrentStack encoder, TaskSettings settings) {
    if (attention.equals("dot") && units > 0 && units != encoder.outputs()) {
      throw settings.refusal(
          "attention",
          String.format(
              Locale.ROOT,
              "multiplies the decoder's %d units with the encoder's %d outputs, which must be as"
                  + " many; general has a matrix between them",
              units,
              encoder.outputs()));
    }
  }

  /** Columns of the embedding of sources. */
  int embedding(RecurrentStack stack) {
    return embedding == 0 ? stack.cell().units() : embedding;
  }

  /** Options of the head above the encoder. */
  Map<String, String> options(RecurrentStack stack) {
    var options = new TreeMap<String, String>();
    options.put("cell", stack.cell().name());
    options.put("layers", String.valueOf(layers));
    if (units > 0) {
      options.put("units", String.valueOf(units));
    }
    int columns = targetEmbedding == 0 ? embedding(stack) : targetEmbedding;
    options.put("embedding", String.valueOf(columns));
    options.put("attention", attention);
    options.put("input_feeding", String.valueOf(inputFeeding));
    options.put("dropout", decimal(stack.regularizers().between()));
    options.put("label_smoothing", decimal(labelSmoothing));
    if (sampling > 0) {
      options.put(SAMPLING, decimal(sampling));
    }
    return options;
  }

  /** As options of a head are written: without an exponent. */
  static String decimal(double value) {
    return BigDecimal.valueOf(value).toPlainString();
  }
}
