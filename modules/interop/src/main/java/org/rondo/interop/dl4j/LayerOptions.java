package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.rondo.models.LayerSpec;

/** What can be set on any of DL4J's layers: taken over, or refused by name. */
final class LayerOptions {
  private LayerOptions() {}

  /**
   * Refuses what changes parameters or activations in ways that Rondo does not have.
   *
   * @throws UnsupportedLayerException if there is any
   */
  static void check(LayerPlace place) {
    Layer layer = place.layer();
    place.require(
        layer.getConstraints() == null || layer.getConstraints().isEmpty(),
        "constraints " + layer.getConstraints(),
        "remove them, parameters are not constrained");
    if (layer instanceof BaseLayer base) {
      place.require(
          base.getWeightNoise() == null,
          "weight noise " + base.getWeightNoise(),
          "remove it; dropOut(p) is possible");
    }
  }

  /**
   * The dropout of the layer's input, if it has one. DL4J's number is the probability to keep a
   * value, Rondo's rate that to drop it.
   *
   * @throws UnsupportedLayerException if it is of another kind
   */
  static List<LayerSpec> inputDropout(LayerPlace place) {
    double kept = kept(place);
    return kept == 1 ? List.of() : List.of(new org.rondo.models.layers.Dropout(1 - kept));
  }

  /** The probability to keep a value of the layer's input; 1 without dropout. */
  static double kept(LayerPlace place) {
    IDropout dropout = place.layer().getIDropout();
    if (dropout == null) {
      return 1;
    }
    place.require(
        dropout.getClass() == Dropout.class && ((Dropout) dropout).getPSchedule() == null,
        "dropout " + dropout,
        "use dropOut(p), where p is the fixed probability to keep a value");
    double kept = ((Dropout) dropout).getP();
    place.require(
        kept > 0 && kept <= 1,
        String.format(Locale.ROOT, "dropOut(%s)", kept),
        "the probability to keep a value must be in (0,1]");
    return kept;
  }

  /**
   * Lets pass those that fold steps into rows and back, for here steps are never folded.
   *
   * @param processor of the layer's input, or null
   */
  static void checkPreProcessor(LayerPlace place, InputPreProcessor processor) {
    if (processor instanceof RnnToFeedForwardPreProcessor fold) {
      checkFormat(place, fold.getRnnDataFormat());
    } else if (processor instanceof FeedForwardToRnnPreProcessor unfold && place.index() > 0) {
      checkFormat(place, unfold.getRnnDataFormat());
    } else {
      place.require(
          processor == null,
          "preprocessor " + processor,
          "prepare the data before it reaches the network");
    }
  }

  /** Refuses steps before features, DL4J's {@code (B,T,F)}. */
  static void checkFormat(LayerPlace place, RNNFormat format) {
    place.require(
        format != RNNFormat.NWC,
        "data format NWC",
        "use RNNFormat.NCW; parameters are the same for both");
  }
}
