package org.rondo.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

/**
 * The immutable description of a network: layers from input to output, then a head. Its JSON is the
 * {@code network.json} of a checkpoint.
 */
public record NetworkSpec(List<LayerSpec> layers, HeadSpec head) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /**
   * The head: what becomes of the topmost hidden states.
   *
   * @param type name of a {@link Head}
   * @param outputs number of classes, or values in each target
   * @param options of that head
   */
  public record HeadSpec(String type, int outputs, Options options) {
    /** A head as it is by default. */
    public HeadSpec(String type, int outputs) {
      this(type, outputs, Options.NONE);
    }

    public HeadSpec {
      if (options == null) {
        options = Options.NONE;
      }
      ValueException.unlessGiven("type", type);
      ValueException.unless(outputs >= 1, "outputs", outputs, "must be >= 1");
    }

    /**
     * The head.
     *
     * @throws IllegalArgumentException if there is none of that type, or it has no such option
     */
    public Head head() {
      Head head = Head.named(type);
      options.requireKnown("head " + type, head.options());
      return head;
    }
  }

  public NetworkSpec {
    ValueException.unlessGiven("layers", layers);
    ValueException.unlessGiven("head", head);
    layers.forEach(layer -> ValueException.unlessGiven("layers", layer));
    layers = List.copyOf(layers);
    long inputs = layers.stream().filter(NetworkSpec::isInput).count();
    if (inputs != 1 || !isInput(layers.get(0))) {
      throw new IllegalArgumentException(
          "network: the first layer, and only that, must be an embedding or values, got " + layers);
    }
    if (layers.stream().anyMatch(NetworkSpec::isBidirectional) && head.head().predictsInput()) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "network: a bidirectional layer below the head %s would see the very ids that it is to",
                  head.type())
              + " predict; make it unidirectional, or choose a tagger or classifier");
    }
  }

  private static boolean isInput(LayerSpec layer) {
    return layer instanceof LayerSpec.Embedding || layer instanceof LayerSpec.Values;
  }

  private static boolean isBidirectional(LayerSpec layer) {
    return layer instanceof LayerSpec.Bidirectional
        || (layer instanceof LayerSpec.Residual residual && isBidirectional(residual.inner()));
  }

  /** An embedding of ids below {@code vocabulary}, a stack of recurrent layers, a head. */
  public static NetworkSpec of(int vocabulary, RecurrentStack stack, HeadSpec head) {
    return new NetworkSpec(stack.over(vocabulary), head);
  }

  /**
   * A stack of recurrent layers that predicts the next id of {@code vocabulary}.
   *
   * @throws IllegalArgumentException if the stack is bidirectional
   */
  public static NetworkSpec languageModel(int vocabulary, RecurrentStack stack) {
    return of(vocabulary, stack, new HeadSpec("language-model", vocabulary));
  }

  /** As {@link #languageModel(int, RecurrentStack)}, in one direction and without residuals. */
  public static NetworkSpec languageModel(
      int vocabulary, CellSpec cell, int layers, double dropout) {
    return languageModel(vocabulary, RecurrentStack.of(cell, layers, dropout));
  }

  /** As {@link #languageModel(int, CellSpec, int, double)}, of a cell as it is by default. */
  public static NetworkSpec languageModel(
      int vocabulary, String cell, int layers, int units, double dropout) {
    return languageModel(vocabulary, CellSpec.of(cell, units), layers, dropout);
  }

  /**
   * Below what each id of a step of its input is, K bounds; empty where its input is values. See
   * {@link Minibatch#inputs}.
   */
  public List<Integer> idColumns() {
    return layers.get(0) instanceof LayerSpec.Embedding ids ? List.of(ids.vocabulary()) : List.of();
  }

  /** Values in a step of its input; 0 where that is ids. */
  public int inputValues() {
    return layers.get(0) instanceof LayerSpec.Values values ? values.width() : 0;
  }

  /** Values in a target; 0 where that is a class. */
  public int targetValues() {
    return head.head().predictsValues() ? head.outputs() : 0;
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
      NetworkSpec spec = JSON.readValue(json, NetworkSpec.class);
      if (spec == null) {
        throw new IllegalArgumentException("network: null describes none");
      }
      return spec;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("network: " + JsonPlace.of(e), e);
    }
  }
}
