package org.rondo.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.GatePasses.Activation;
import org.rondo.models.cells.CellSpec;

/**
 * One layer of a {@link NetworkSpec}. Sealed: layers are few and known; cells and heads are open
 * sets.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LayerSpec.Embedding.class, name = "embedding"),
  @JsonSubTypes.Type(value = LayerSpec.Values.class, name = "values"),
  @JsonSubTypes.Type(value = LayerSpec.Recurrent.class, name = "recurrent"),
  @JsonSubTypes.Type(value = LayerSpec.Bidirectional.class, name = "bidirectional"),
  @JsonSubTypes.Type(value = LayerSpec.Residual.class, name = "residual"),
  @JsonSubTypes.Type(value = LayerSpec.Dense.class, name = "dense"),
  @JsonSubTypes.Type(value = LayerSpec.Dropout.class, name = "dropout"),
})
public sealed interface LayerSpec {
  /** Columns of a layer at most: far more than fit, few enough that no width overflows an int. */
  int MOST_COLUMNS = 1 << 24;

  /**
   * Columns of its output.
   *
   * @param inputs columns of its input; the first layer of a network has none
   * @throws IllegalArgumentException if it cannot stand on an input of that width
   */
  int width(int inputs);

  /** A learned vector of {@code units} per id below {@code vocabulary}. */
  record Embedding(int vocabulary, int units) implements LayerSpec {
    public Embedding {
      ValueException.unless(vocabulary >= 1, "vocabulary", vocabulary, "must be >= 1");
      ValueException.unlessWithin("units", units, 1, MOST_COLUMNS);
    }

    @Override
    public int width(int inputs) {
      return units;
    }
  }

  /**
   * The first layer of a network whose input is {@code width} values in each step instead of an id;
   * they go to the layer above as they are.
   */
  record Values(int width) implements LayerSpec {
    public Values {
      ValueException.unlessWithin("width", width, 1, MOST_COLUMNS);
    }

    @Override
    public int width(int inputs) {
      return width;
    }
  }

  /** A recurrence over all steps, first to last. */
  record Recurrent(CellSpec cell) implements LayerSpec {
    public Recurrent {
      ValueException.unlessGiven("cell", cell);
    }

    @Override
    public int width(int inputs) {
      return cell.outputWidth();
    }
  }

  /**
   * Two recurrences over all steps, one first to last and one from each sequence's own end to its
   * start, with their outputs side by side: twice as wide as one (Schuster and Paliwal 1997).
   */
  record Bidirectional(CellSpec cell) implements LayerSpec {
    public Bidirectional {
      ValueException.unlessGiven("cell", cell);
    }

    @Override
    public int width(int inputs) {
      return 2 * cell.outputWidth();
    }
  }

  /**
   * A recurrent or bidirectional layer whose input is added to its output (He et al. 2016); both
   * must be equally wide.
   */
  record Residual(LayerSpec inner) implements LayerSpec {
    public Residual {
      ValueException.unless(
          inner instanceof Recurrent || inner instanceof Bidirectional,
          "inner",
          inner,
          "must be a recurrent or bidirectional layer");
    }

    @Override
    public int width(int inputs) {
      int width = inner.width(inputs);
      if (width != inputs) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "residual: the layer turns %d columns into %d, which cannot be added: %s",
                inputs,
                width,
                inner));
      }
      return width;
    }
  }

  /**
   * A dense layer, the same at every step: {@code f(x W + b)}.
   *
   * @param units H, columns of its output
   * @param activation f: {@code identity}, {@code tanh}, {@code relu} or {@code sigmoid}
   */
  record Dense(int units, String activation) implements LayerSpec {
    public Dense {
      ValueException.unlessWithin("units", units, 1, MOST_COLUMNS);
      ValueException.unless(
          activation != null && activations().contains(activation),
          "activation",
          activation,
          "must be one of " + activations());
    }

    private static List<String> activations() {
      return Arrays.stream(Activation.values()).map(Dense::word).toList();
    }

    private static String word(Activation each) {
      return each.name().toLowerCase(Locale.ROOT);
    }

    /** What it applies to its sums. */
    public Activation function() {
      return Activation.valueOf(activation.toUpperCase(Locale.ROOT));
    }

    @Override
    public int width(int inputs) {
      return units;
    }
  }

  /**
   * Inverted dropout on the way between two layers (Zaremba et al. 2014: non-recurrent connections
   * only).
   */
  record Dropout(double rate) implements LayerSpec {
    public Dropout {
      ValueException.unless(rate >= 0 && rate < 1, "rate", rate, "must be in [0,1)");
    }

    @Override
    public int width(int inputs) {
      return inputs;
    }
  }
}
