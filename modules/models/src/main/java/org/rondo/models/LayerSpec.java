package org.rondo.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One layer of a {@link NetworkSpec}. Sealed: layers are few and known; cells and heads are open
 * sets.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LayerSpec.Embedding.class, name = "embedding"),
  @JsonSubTypes.Type(value = LayerSpec.Recurrent.class, name = "recurrent"),
  @JsonSubTypes.Type(value = LayerSpec.Bidirectional.class, name = "bidirectional"),
  @JsonSubTypes.Type(value = LayerSpec.Residual.class, name = "residual"),
  @JsonSubTypes.Type(value = LayerSpec.Dropout.class, name = "dropout"),
})
public sealed interface LayerSpec {
  /**
   * Columns of its output.
   *
   * @param inputs columns of its input; an embedding has none
   * @throws IllegalArgumentException if it cannot stand on an input of that width
   */
  int width(int inputs);

  /** A learned vector of {@code units} per id below {@code vocabulary}. */
  record Embedding(int vocabulary, int units) implements LayerSpec {
    public Embedding {
      if (vocabulary < 1 || units < 1) {
        throw new IllegalArgumentException(
            "embedding: vocabulary %d, units %d".formatted(vocabulary, units));
      }
    }

    @Override
    public int width(int inputs) {
      return units;
    }
  }

  /** A recurrence over all steps, first to last. */
  record Recurrent(CellSpec cell) implements LayerSpec {
    public Recurrent {
      if (cell == null) {
        throw new IllegalArgumentException("recurrent: cell must be given");
      }
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
      if (cell == null) {
        throw new IllegalArgumentException("bidirectional: cell must be given");
      }
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
      if (!(inner instanceof Recurrent || inner instanceof Bidirectional)) {
        throw new IllegalArgumentException(
            "residual: inner must be a recurrent or bidirectional layer, got " + inner);
      }
    }

    @Override
    public int width(int inputs) {
      int width = inner.width(inputs);
      if (width != inputs) {
        throw new IllegalArgumentException(
            "residual: the layer turns %d columns into %d, which cannot be added: %s"
                .formatted(inputs, width, inner));
      }
      return width;
    }
  }

  /**
   * Inverted dropout on the way between two layers (Zaremba et al. 2014: non-recurrent connections
   * only).
   */
  record Dropout(double rate) implements LayerSpec {
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException("dropout: rate must be in [0,1), got " + rate);
      }
    }

    @Override
    public int width(int inputs) {
      return inputs;
    }
  }
}
