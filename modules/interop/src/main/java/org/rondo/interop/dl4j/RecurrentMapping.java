package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;

/**
 * One of DL4J's recurrences as a cell of Rondo's.
 *
 * <p>DL4J's order of an LSTM's gates is: candidate (which it calls input activation), forget gate,
 * output gate, input gate (which it calls input modulation gate). Peepholes stand behind the
 * recurrent weights, in the order forget, output, input. The equations are those of Rondo's cells:
 * forget and input gate see the cell before the step, the output gate that after it.
 *
 * @param inputs X
 * @param parameters in DL4J's order
 */
@SuppressWarnings("deprecation") // GravesLSTM, which is what older zips hold
record RecurrentMapping(CellSpec cell, int inputs, List<StoredParameter> parameters) {
  private static final String INPUT_WEIGHT = "input_weight";
  private static final String RECURRENT_WEIGHT = "recurrent_weight";
  private static final String BIAS = "bias";

  /** Places of DL4J's gates among i, f, g, o. */
  private static final List<Integer> GATES = List.of(2, 1, 3, 0);

  /** Places of DL4J's peepholes among those of i, f, o. */
  private static final List<Integer> PEEPHOLES = List.of(1, 2, 0);

  /** Whether a layer is a recurrence with a counterpart. A subclass may compute something else. */
  static boolean has(Layer layer) {
    Class<?> type = layer.getClass();
    return type == LSTM.class || type == GravesLSTM.class || type == SimpleRnn.class;
  }

  /**
   * The counterpart of a layer that {@link #has} one.
   *
   * @throws UnsupportedLayerException if something set on the layer has none
   */
  static RecurrentMapping of(LayerPlace place) {
    LayerOptions.check(place);
    var layer = (BaseRecurrentLayer) place.layer();
    LayerOptions.checkFormat(place, layer.getRnnDataFormat());
    int inputs = place.size("nIn", layer.getNIn());
    int units = place.size("nOut", layer.getNOut());
    return layer instanceof SimpleRnn simple
        ? simple(place, simple, inputs, units)
        : lstm(place, (AbstractLSTM) layer, inputs, units);
  }

  private static RecurrentMapping simple(LayerPlace place, SimpleRnn layer, int inputs, int units) {
    place.require(!layer.hasLayerNorm(), "hasLayerNorm", "set it to false");
    String word = Activations.word(place, "activation", layer.getActivationFn(), "tanh", "relu");
    Options options = word.equals("tanh") ? Options.NONE : new Options(Map.of("activation", word));
    return new RecurrentMapping(
        new CellSpec("vanilla", units, options),
        inputs,
        List.of(
            StoredParameter.matrix(INPUT_WEIGHT, inputs, units),
            StoredParameter.matrix(RECURRENT_WEIGHT, units, units),
            StoredParameter.vector(BIAS, units)));
  }

  private static RecurrentMapping lstm(
      LayerPlace place, AbstractLSTM layer, int inputs, int units) {
    Activations.word(place, "activation", layer.getActivationFn(), "tanh");
    Activations.word(place, "gateActivationFunction", layer.getGateActivationFn(), "sigmoid");
    var inputWeight = new StoredParameter(INPUT_WEIGHT, inputs, units, GATES);
    var recurrentWeight = new StoredParameter(RECURRENT_WEIGHT, units, units, GATES);
    var bias = new StoredParameter(BIAS, 1, units, GATES);
    if (layer instanceof GravesLSTM) {
      var peephole = new StoredParameter("peephole", 1, units, PEEPHOLES);
      return new RecurrentMapping(
          new CellSpec("lstm", units, new Options(Map.of("peepholes", "true"))),
          inputs,
          List.of(inputWeight, recurrentWeight, peephole, bias));
    }
    return new RecurrentMapping(
        CellSpec.of("lstm", units), inputs, List.of(inputWeight, recurrentWeight, bias));
  }
}
