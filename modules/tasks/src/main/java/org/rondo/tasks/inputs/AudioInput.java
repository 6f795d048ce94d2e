package org.rondo.tasks.inputs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.LayerSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** Rows as frames of sound, {@code (T,F)}, every value of a step scaled. */
final class AudioInput implements RowInput {
  @JsonProperty private final List<Scale> scales;
  private final StepLimit limit;
  private final AudioReader reader;

  /**
   * @param scales F
   * @param limit which steps of a long recording are kept
   */
  @JsonCreator
  AudioInput(
      @JsonProperty("audio") AudioPlan audio,
      @JsonProperty("scales") List<Scale> scales,
      @JsonProperty("maximumLength") StepLimit limit) {
    ValueException.unlessGiven("audio", audio);
    ValueException.unlessGiven("maximumLength", limit);
    Scale.requireCount(scales, audio.sound().width());
    this.scales = List.copyOf(scales);
    this.limit = limit;
    this.reader = new AudioReader(audio);
  }

  @JsonProperty
  AudioPlan audio() {
    return reader.plan();
  }

  @Override
  @JsonProperty("maximumLength")
  public StepLimit limit() {
    return limit;
  }

  @Override
  public int steps(Example row) {
    return reader.steps(row).length;
  }

  @Override
  public String role() {
    return InputKind.AUDIO.role();
  }

  @Override
  public Sequence sequence(Example row, Counts counts) {
    return Scale.sequence(limit.counted(reader.steps(row), counts), scales);
  }

  @Override
  public SequenceShape shape(int classes, int outputs) {
    return new SequenceShape(List.of(), scales.size(), classes, outputs);
  }

  @Override
  public List<LayerSpec> layers(RecurrentStack stack, int embedding) {
    return stack.over(new Values(scales.size()));
  }

  @Override
  public String summary() {
    return "recordings, " + Counted.of(scales.size(), "value") + " in each step";
  }
}
