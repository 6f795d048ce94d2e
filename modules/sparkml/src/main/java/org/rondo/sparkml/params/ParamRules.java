package org.rondo.sparkml.params;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.models.cells.Cell;
import org.rondo.training.sync.Synchronizer;
import scala.Function1;

/** Values that Params may have, where Spark has no such rule; serializable, as stages are. */
final class ParamRules {
  private ParamRules() {}

  private interface Rule<T> extends Function1<T, Object>, Serializable {}

  /** Epochs, or -1 for never. */
  static Function1<Object, Object> interval() {
    Rule<Object> rule = value -> (int) value == -1 || (int) value >= 1;
    return rule;
  }

  /** The unknown token alone makes no vocabulary. */
  static Function1<Object, Object> vocabularySize() {
    Rule<Object> rule = value -> (int) value == 0 || (int) value >= 2;
    return rule;
  }

  /** Names that are found on the class path. */
  static Function1<String, Object> cell() {
    Rule<String> rule = name -> Cell.ALL.find(name).isPresent();
    return rule;
  }

  /** Names that are found on the class path. */
  static Function1<String, Object> tokenizer() {
    Rule<String> rule = name -> Tokenizer.ALL.find(name).isPresent();
    return rule;
  }

  /** Names that are found on the class path. */
  static Function1<String, Object> synchronizer() {
    Rule<String> rule = name -> Synchronizer.ALL.find(name).isPresent();
    return rule;
  }

  /** Levels of intervals, in percent, each once. */
  static Function1<int[], Object> levels() {
    Rule<int[]> rule =
        values ->
            Arrays.stream(values).allMatch(value -> value >= 1 && value <= 99)
                && Arrays.stream(values).distinct().count() == values.length;
    return rule;
  }

  /** Numbers of tokens above 0, each higher than the one before. */
  static Function1<int[], Object> cutoffs() {
    Rule<int[]> rule =
        values ->
            IntStream.range(0, values.length)
                .allMatch(i -> values[i] > (i == 0 ? 0 : values[i - 1]));
    return rule;
  }

  /** Not negative, and at most one of them zero, as in Spark's own classifiers. */
  static Function1<double[], Object> thresholds() {
    Rule<double[]> rule =
        values ->
            Arrays.stream(values).allMatch(value -> value >= 0)
                && Arrays.stream(values).filter(value -> value == 0).count() <= 1;
    return rule;
  }
}
