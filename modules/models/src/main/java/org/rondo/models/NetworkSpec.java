package org.rondo.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/**
 * The immutable description of a network: layers from input to output, then a head. Its JSON is the
 * {@code network.json} of a checkpoint.
 *
 * @param documentStart id that begins a document, such as the end of the line before it: when it is
 *     read, recurrences find zeros in the place of what they carried, and no gradient goes back
 *     over the border; null where all of a stream is one document
 */
public record NetworkSpec(
    List<LayerSpec> layers,
    HeadSpec head,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer documentStart) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  public NetworkSpec {
    ValueException.unlessGiven("layers", layers);
    ValueException.unlessGiven("head", head);
    layers.forEach(layer -> ValueException.unlessGiven("layers", layer));
    layers = List.copyOf(layers);
    long inputs = layers.stream().filter(InputLayerSpec.class::isInstance).count();
    if (inputs != 1 || !(layers.get(0) instanceof InputLayerSpec)) {
      throw new IllegalArgumentException(
          "network: the first layer, and only that, must be an input, such as an embedding or values, got "
              + layers);
    }
    if (layers.stream().anyMatch(LayerSpec::looksAhead) && head.head().predictsInput()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network: a bidirectional layer below the head %s would show it the very ids that it is to predict; make it unidirectional, or choose a tagger or classifier",
              head.type()));
    }
    if (documentStart != null) {
      requireDocuments(layers, documentStart);
    }
  }

  /** That takes a stream for one document. */
  public NetworkSpec(List<LayerSpec> layers, HeadSpec head) {
    this(layers, head, null);
  }

  /** The same, where that id begins a document. */
  public NetworkSpec startingDocumentsAt(int id) {
    return new NetworkSpec(layers, head, id);
  }

  private static void requireDocuments(List<LayerSpec> layers, int start) {
    List<Integer> columns = ((InputLayerSpec) layers.get(0)).idColumns();
    ValueException.unless(
        columns.size() == 1 && start >= 0 && start < columns.get(0),
        "documentStart",
        start,
        "must be an id of an input of one id in each step");
    for (LayerSpec layer : layers) {
      ValueException.unless(
          layer.startsDocuments(),
          "documentStart",
          start,
          "has no meaning to this layer, which cannot begin anew within a minibatch: " + layer);
    }
  }

  /** The first layer. */
  public InputLayerSpec input() {
    return (InputLayerSpec) layers.get(0);
  }

  /** The layers between input and head, lowest first. */
  public List<HiddenLayerSpec> hidden() {
    return layers.stream().skip(1).map(HiddenLayerSpec.class::cast).toList();
  }

  /** What the names of each layer's parameters begin with, input first, such as {@code dense.0}. */
  public List<String> scopes() {
    var scopes = new ArrayList<String>();
    scopes.add(input().scope());
    var counts = new HashMap<String, Integer>();
    for (HiddenLayerSpec layer : hidden()) {
      int number = counts.merge(layer.scope(), 1, Integer::sum) - 1;
      scopes.add(layer.scope() + "." + number);
    }
    return scopes;
  }

  /**
   * Below what each id of a step of its input is, K bounds; empty where its input is values. See
   * {@link Minibatch#inputs}.
   */
  public List<Integer> idColumns() {
    return input().idColumns();
  }

  /** Values in a step of its input; 0 where that is ids. */
  public int inputValues() {
    return input().values();
  }

  /** Values in a target; 0 where that is a class. */
  public int targetValues() {
    return head.head().predictsValues() ? head.outputs() : 0;
  }

  /**
   * U, labels that a sequence may have in minibatches of so many steps; 0 where each step has a
   * target. See {@link Head#labels}.
   */
  public int labels(int steps) {
    return head.head().labels(head, steps);
  }

  /** Scores that come with each prediction: one of every class, or none. */
  public int scores() {
    return head.head().scoresClasses() ? head.outputs() : 0;
  }

  /**
   * As it is in evaluation, see {@link LayerSpec#evaluated} and {@link Head#evaluated}; its
   * parameters are the same.
   */
  public NetworkSpec evaluated() {
    return new NetworkSpec(
        layers.stream().flatMap(layer -> layer.evaluated().stream()).toList(),
        head.head().evaluated(head),
        documentStart);
  }

  /** Readable JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("network: not writable as JSON: " + this, e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is not a network, naming the place
   */
  public static NetworkSpec fromJson(String json) {
    try {
      // A copy, since a reader keeps the class that it first finds for a layer's type, whatever
      // class
      // loader asks later.
      NetworkSpec spec = JSON.copy().readValue(json, NetworkSpec.class);
      if (spec == null) {
        throw new IllegalArgumentException("network: null describes none");
      }
      return spec;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("network: " + JsonPlace.of(e), e);
    }
  }
}
