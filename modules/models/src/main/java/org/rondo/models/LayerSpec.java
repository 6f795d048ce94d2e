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
  @JsonSubTypes.Type(value = LayerSpec.Dropout.class, name = "dropout"),
})
public sealed interface LayerSpec {
  /** A learned vector of {@code units} per id below {@code vocabulary}. */
  record Embedding(int vocabulary, int units) implements LayerSpec {
    public Embedding {
      if (vocabulary < 1 || units < 1) {
        throw new IllegalArgumentException(
            "embedding: vocabulary %d, units %d".formatted(vocabulary, units));
      }
    }
  }

  /** A recurrence over all steps, first to last. */
  record Recurrent(CellSpec cell) implements LayerSpec {
    public Recurrent {
      if (cell == null) {
        throw new IllegalArgumentException("recurrent: cell must be given");
      }
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
  }
}
