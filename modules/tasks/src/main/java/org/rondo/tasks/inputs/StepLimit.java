package org.rondo.tasks.inputs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.Counts;

/**
 * Which steps of a long row are kept (Sun, Qiu, Xu and Huang 2019, "How to fine-tune BERT for text
 * classification?", section 5.3.1). Its JSON is the number of steps where the first ones are kept,
 * as it was before there was a choice.
 *
 * @param most steps of a row that are kept; 0 for all
 * @param keep which ones of a longer row
 */
public record StepLimit(int most, Keep keep) implements Serializable {
  /** The part of a row that is kept. */
  public enum Keep {
    FIRST,
    LAST,
    /** The first half and the last half; of an odd number, one more of the first. */
    ENDS;

    /** As the configuration names it. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    static List<String> words() {
      return Arrays.stream(values()).map(Keep::word).toList();
    }
  }

  /** As it is written: in one order, since the checksum of features is that of their text. */
  private record Chosen(int steps, Keep keep) {}

  @JsonCreator
  public StepLimit(@JsonProperty("steps") int most, @JsonProperty("keep") Keep keep) {
    ValueException.unless(most >= 0, "maximumLength", most, "must be >= 0");
    ValueException.unlessGiven("keep", keep);
    this.most = most;
    this.keep = keep;
  }

  /** The first steps. */
  @JsonCreator
  static StepLimit first(int most) {
    return new StepLimit(most, Keep.FIRST);
  }

  @JsonValue
  Object json() {
    return keep == Keep.FIRST ? most : new Chosen(most, keep);
  }

  /** Whether a row of so many steps is longer. */
  public boolean cuts(int steps) {
    return most > 0 && steps > most;
  }

  /** What is kept, in order; a row that is not longer as it is. */
  public <S> List<S> of(List<S> steps) {
    int length = steps.size();
    if (!cuts(length)) {
      return steps;
    }
    int last = keep == Keep.FIRST ? 0 : keep == Keep.LAST ? most : most / 2;
    return Stream.concat(
            steps.subList(0, most - last).stream(), steps.subList(length - last, length).stream())
        .toList();
  }

  /** As {@link #of(List)}. */
  public <S> S[] of(S[] steps) {
    return of(Arrays.asList(steps)).toArray(length -> Arrays.copyOf(steps, length));
  }

  /** As {@link #of(List)}, with the row and its steps counted. */
  float[][] counted(float[][] steps, Counts counts) {
    float[][] kept = of(steps);
    counts.add("rows", 1);
    counts.add("cut rows", cuts(steps.length) ? 1 : 0);
    counts.add("steps", kept.length);
    return kept;
  }
}
