package org.rondo.interop.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.nd4j.linalg.api.buffer.DataType;
import org.rondo.models.HeadSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;

/** Goes through a DL4J configuration from input to output; for one use. */
final class ConfigurationReader {
  private final MultiLayerConfiguration configuration;
  private final List<LayerSpec> layers = new ArrayList<>();
  private final List<StoredParameter> stored = new ArrayList<>();
  private int recurrences;
  private int denses;

  /** Columns of what the layers so far put out; 0 before the first. */
  private int width;

  /** Whether only the last step of each sequence is left. */
  private boolean pooled;

  private HeadSpec head;

  ConfigurationReader(MultiLayerConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * The network.
   *
   * @throws UnsupportedLayerException naming the first layer without a counterpart
   * @throws IllegalArgumentException if the configuration as a whole has none
   */
  NetworkMapping read() {
    DataType type = configuration.getDataType();
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "dl4j: data type %s: parameters must be FLOAT or DOUBLE", type));
    }
    int count = configuration.getConfs().size();
    for (int i = 0; i < count; i++) {
      var place = new LayerPlace(i, configuration.getConf(i).getLayer());
      LayerOptions.checkPreProcessor(place, configuration.getInputPreProcess(i));
      if (i < count - 1) {
        addLayer(place);
      } else {
        addHead(place);
      }
    }
    return new NetworkMapping(new NetworkSpec(layers, head), stored);
  }

  private void addLayer(LayerPlace place) {
    Layer layer = place.layer();
    Class<?> type = layer.getClass();
    if (type == EmbeddingSequenceLayer.class) {
      addEmbedding(place, (EmbeddingSequenceLayer) layer);
    } else if (type == LastTimeStep.class) {
      addSequenceLayer(place.inside(((LastTimeStep) layer).getUnderlying()));
      pooled = true;
    } else if (type == DropoutLayer.class) {
      place.require(width != 0, "as the first layer", "use dropOut of the layer above");
      layers.addAll(LayerOptions.inputDropout(place));
    } else if (type == DenseLayer.class) {
      addDense(place, (DenseLayer) layer);
    } else {
      addSequenceLayer(place);
    }
  }

  private void addEmbedding(LayerPlace place, EmbeddingSequenceLayer layer) {
    place.require(place.index() == 0, "behind other layers", "ids go into the first layer only");
    LayerOptions.check(place);
    LayerOptions.checkFormat(place, layer.getOutputFormat());
    Activations.word(place, "activation", layer.getActivationFn(), "identity");
    place.require(!layer.hasBias(), "hasBias", "set it to false, DL4J's default");
    int vocabulary = place.size("nIn", layer.getNIn());
    width = place.size("nOut", layer.getNOut());
    layers.add(new Embedding(vocabulary, width));
    stored.add(StoredParameter.matrix("embedding.weight", vocabulary, width));
  }

  private void addSequenceLayer(LayerPlace place) {
    Layer layer = place.layer();
    place.require(!pooled, "behind LastTimeStep", "only DenseLayer and OutputLayer can be");
    if (layer.getClass() == Bidirectional.class) {
      addBidirectional(place, (Bidirectional) layer);
    } else if (RecurrentMapping.has(layer)) {
      addRecurrence(place);
    } else {
      throw place.unsupported("no such layer in Rondo", cure(layer));
    }
  }

  @SuppressWarnings("deprecation") // of a layer that older zips hold
  private static String cure(Layer layer) {
    return layer instanceof GravesBidirectionalLSTM
        ? "use Bidirectional(CONCAT, GravesLSTM), which is twice as wide"
        : "docs/migrating-from-dl4j.md lists the layers that it has";
  }

  private void addRecurrence(LayerPlace place) {
    RecurrentMapping mapping = RecurrentMapping.of(place);
    begin(place, mapping.inputs());
    layers.addAll(LayerOptions.inputDropout(place));
    add(new Recurrent(mapping.cell()));
    addStored("recurrent." + recurrences++, mapping.parameters());
  }

  private void addBidirectional(LayerPlace place, Bidirectional layer) {
    place.require(
        layer.getMode() == Bidirectional.Mode.CONCAT,
        "mode " + layer.getMode(),
        "only CONCAT has both directions side by side");
    LayerPlace forward = place.inside(layer.getFwd());
    LayerPlace backward = place.inside(layer.getBwd());
    place.require(
        RecurrentMapping.has(forward.layer()),
        "around " + forward.layer().getClass().getSimpleName(),
        "use it around SimpleRnn, LSTM or GravesLSTM; LastTimeStep goes around Bidirectional");
    RecurrentMapping mapping = RecurrentMapping.of(forward);
    double kept = LayerOptions.kept(forward);
    place.require(
        backward.layer().getClass() == forward.layer().getClass()
            && mapping.equals(RecurrentMapping.of(backward))
            && kept == LayerOptions.kept(backward),
        "directions that differ",
        "both must be the same layer");
    begin(place, mapping.inputs());
    layers.addAll(LayerOptions.inputDropout(forward));
    add(new org.rondo.models.layers.Bidirectional(mapping.cell()));
    String scope = "recurrent." + recurrences++;
    addStored(scope + ".forward", mapping.parameters());
    addStored(scope + ".backward", mapping.parameters());
  }

  /** Behind LastTimeStep too: applied to every step before the last is taken, it gives the same. */
  private void addDense(LayerPlace place, DenseLayer layer) {
    LayerOptions.check(place);
    place.require(layer.hasBias(), "hasBias(false)", "set it to true, DL4J's default");
    place.require(!layer.hasLayerNorm(), "hasLayerNorm", "set it to false");
    String activation =
        Activations.word(
            place, "activation", layer.getActivationFn(), "identity", "tanh", "relu", "sigmoid");
    int inputs = place.size("nIn", layer.getNIn());
    int units = place.size("nOut", layer.getNOut());
    begin(place, inputs);
    layers.addAll(LayerOptions.inputDropout(place));
    add(new Dense(units, activation));
    addStored(
        "dense." + denses++,
        List.of(
            StoredParameter.matrix("weight", inputs, units),
            StoredParameter.vector("bias", units)));
  }

  private void addHead(LayerPlace place) {
    Class<?> type = place.layer().getClass();
    place.require(
        type == RnnOutputLayer.class || type == OutputLayer.class,
        "as the last layer",
        "the last one must be RnnOutputLayer, or OutputLayer behind LastTimeStep");
    place.require(
        pooled == (type == OutputLayer.class),
        pooled ? "behind LastTimeStep" : "a result for every sequence out of one for every step",
        pooled ? "use OutputLayer" : "use RnnOutputLayer, or LastTimeStep below");
    LayerOptions.check(place);
    if (place.layer() instanceof RnnOutputLayer perStep) {
      LayerOptions.checkFormat(place, perStep.getRnnDataFormat());
    }
    var layer = (BaseOutputLayer) place.layer();
    place.require(layer.hasBias(), "hasBias(false)", "set it to true, DL4J's default");
    int inputs = place.size("nIn", layer.getNIn());
    int outputs = place.size("nOut", layer.getNOut());
    begin(place, inputs);
    layers.addAll(LayerOptions.inputDropout(place));
    head = HeadMapping.of(place, layers, outputs, pooled);
    stored.add(StoredParameter.matrix("head.weight", inputs, outputs));
    stored.add(StoredParameter.vector("head.bias", outputs));
  }

  /** Checks that a layer of so many inputs can stand here; the first one takes values. */
  private void begin(LayerPlace place, int inputs) {
    if (width == 0) {
      add(new Values(inputs));
    }
    place.require(
        inputs == width,
        String.format(Locale.ROOT, "nIn = %d on a layer below of nOut = %d", inputs, width),
        "set nIn to it");
  }

  private void add(LayerSpec layer) {
    layers.add(layer);
    width = layer.width(width);
  }

  private void addStored(String scope, List<StoredParameter> parameters) {
    parameters.forEach(parameter -> stored.add(parameter.within(scope)));
  }
}
