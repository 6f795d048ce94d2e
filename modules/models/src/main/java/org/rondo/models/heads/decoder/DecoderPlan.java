package org.rondo.models.heads.decoder;

import static org.rondo.kernels.ValueException.OPTION;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;

/**
 * The options of a {@link DecoderHead}, checked.
 *
 * @param cell of each recurrent layer
 * @param layers how many
 * @param embedding E, the width of a label's vector
 * @param attention how steps are scored
 * @param inputFeeding whether a step reads what the step before made of its attention
 * @param dropout rate
 * @param smoothing what part of each target's probability is spread over all classes
 * @param tied whether the softmax has the weights of the labels' vectors
 * @param sampling k of {@link ScheduledSampling}, in minibatches; 0 for none
 */
record DecoderPlan(
    CellSpec cell,
    int layers,
    int embedding,
    AttentionKind attention,
    boolean inputFeeding,
    double dropout,
    double smoothing,
    boolean tied,
    double sampling) {
  /** Names of the options. */
  static final Set<String> NAMES =
      Set.of(
          "units",
          "cell",
          "layers",
          "embedding",
          "attention",
          "input_feeding",
          "dropout",
          "label_smoothing",
          "tied",
          "scheduled_sampling",
          "labels_per_step",
          "more_labels",
          "beam",
          "best",
          "length_penalty",
          "coverage_penalty");

  private static final String SAMPLING = "scheduled_sampling";

  /**
   * Those of a head.
   *
   * @param inputs D, columns of the encoder's output
   * @throws IllegalArgumentException if one has a value that it cannot have
   */
  static DecoderPlan of(HeadSpec spec, int inputs) {
    Options options = spec.options();
    int units = options.whole("units", inputs);
    AttentionKind attention = AttentionKind.of(options);
    if (attention == AttentionKind.DOT && units != inputs) {
      throw new ValueException(
          OPTION + "attention",
          "dot",
          String.format(
              Locale.ROOT,
              "multiplies the decoder's %d units with the encoder's %d outputs, which must be as"
                  + " many; general has a matrix between them",
              units,
              inputs));
    }
    int layers = options.whole("layers", 1);
    ValueException.unlessWithin(OPTION + "layers", layers, 1, DecoderHead.MOST_LAYERS);
    int embedding = options.whole("embedding", units);
    ValueException.unless(embedding >= 1, OPTION + "embedding", embedding, "must be >= 1");
    boolean tied = options.flag("tied");
    if (tied && embedding != units) {
      throw new ValueException(
          OPTION + "tied",
          true,
          String.format(
              Locale.ROOT,
              "shares one matrix, so that embedding = %d and units = %d must be the same",
              embedding,
              units));
    }
    return new DecoderPlan(
        CellSpec.of(options.values().getOrDefault("cell", "lstm"), units),
        layers,
        embedding,
        attention,
        options.choice("input_feeding", "true", "false").equals("true"),
        rate(options, "dropout"),
        rate(options, "label_smoothing"),
        tied,
        sampling(options));
  }

  /** H, the columns of a layer's output. */
  int units() {
    return cell.outputWidth();
  }

  /** Of each slot that the layers carry, lowest layer first. */
  List<Integer> stateWidths() {
    return Collections.nCopies(layers, cell.cell().stateWidths(cell)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private static double sampling(Options options) {
    double sampling = options.number(SAMPLING, 0);
    ValueException.unless(
        sampling == 0 || sampling >= 1, OPTION + SAMPLING, sampling, "must be 0 or >= 1");
    return sampling;
  }

  private static double rate(Options options, String name) {
    double rate = options.number(name, 0);
    ValueException.unless(rate < 1, OPTION + name, rate, "must be in [0,1)");
    return rate;
  }

  /** The most labels, the end among them, of a sequence of so many steps. */
  static int labels(HeadSpec spec, int steps) {
    Options options = spec.options();
    return DecoderHead.labels(
        options.number("labels_per_step", 1.5), options.whole("more_labels", 10), steps);
  }
}
