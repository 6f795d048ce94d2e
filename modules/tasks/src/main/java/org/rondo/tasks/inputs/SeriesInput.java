package org.rondo.tasks.inputs;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ValueException;
import org.rondo.models.LayerSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/**
 * Rows as values over time, {@code (T,F)}, every channel scaled.
 *
 * @param channels F
 * @param limit which steps of a long row are kept
 */
record SeriesInput(List<Scale> channels, @JsonProperty("maximumLength") StepLimit limit)
    implements RowInput {
  SeriesInput {
    ValueException.unless(!channels.isEmpty(), "channels", channels, "must not be empty");
    ValueException.unlessGiven("maximumLength", limit);
    channels.forEach(channel -> ValueException.unlessGiven("channels", channel));
    channels = List.copyOf(channels);
  }

  @Override
  public int steps(Example row) {
    return row.series("series").length;
  }

  @Override
  public String role() {
    return InputKind.SERIES.role();
  }

  @Override
  public Sequence sequence(Example row, Counts counts) {
    return Scale.sequence(series(row, channels.size(), limit, counts), channels);
  }

  /**
   * The steps of a row that are kept.
   *
   * @param width values that every step must have
   */
  static float[][] series(Example row, int width, StepLimit limit, Counts counts) {
    float[][] series = row.series("series");
    if (series.length == 0) {
      throw row.refused("series", "holds no step");
    }
    for (int t = 0; t < series.length; t++) {
      if (series[t] == null) {
        throw row.refused("series", String.format(Locale.ROOT, "holds null at step %d", t));
      }
      if (series[t].length != width) {
        throw row.refused(
            "series",
            String.format(
                Locale.ROOT,
                "holds %s at step %d, others hold %d",
                Counted.of(series[t].length, "value"),
                t,
                width));
      }
      for (int f = 0; f < width; f++) {
        if (!Float.isFinite(series[t][f])) {
          throw row.refused(
              "series",
              String.format(Locale.ROOT, "holds %s at step %d, value %d", series[t][f], t, f));
        }
      }
    }
    return limit.counted(series, counts);
  }

  @Override
  public SequenceShape shape(int classes, int outputs) {
    return new SequenceShape(List.of(), channels.size(), classes, outputs);
  }

  @Override
  public List<LayerSpec> layers(RecurrentStack stack, int embedding) {
    return stack.over(new Values(channels.size()));
  }

  @Override
  public String summary() {
    return Counted.of(channels.size(), "value") + " in each step";
  }
}
