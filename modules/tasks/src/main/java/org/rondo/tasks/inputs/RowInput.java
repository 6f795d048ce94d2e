package org.rondo.tasks.inputs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.models.LayerSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** How rows become the input of a network, as the training rows decided it. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TokenInput.class, name = "tokens"),
  @JsonSubTypes.Type(value = SeriesInput.class, name = "series"),
  @JsonSubTypes.Type(value = AudioInput.class, name = "audio"),
})
public sealed interface RowInput permits TokenInput, SeriesInput, AudioInput {
  /** Of the column that it is read from. */
  String role();

  /** A row without its targets. */
  Sequence sequence(Example row, Counts counts);

  /** Steps of a row, also those that are not kept. */
  int steps(Example row);

  /** Which steps of a long row are kept. */
  StepLimit limit();

  /**
   * What the sequences are made of.
   *
   * @param classes below which every target is; 0 where targets are values
   * @param outputs values in a target; 0 where targets are classes
   */
  SequenceShape shape(int classes, int outputs);

  /**
   * The input layer and the stack on it.
   *
   * @param embedding columns of an embedding; 0 for as many as the stack makes it
   */
  List<LayerSpec> layers(RecurrentStack stack, int embedding);

  /** For a person, such as {@code 10,000 tokens}. */
  String summary();
}
