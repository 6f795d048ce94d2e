package org.rondo.tasks.translation;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rondo.models.heads.decoder.DecoderHead;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.TaskSettings;

/**
 * How long a row may be, in tokens. The greatest length of a target follows from that of its
 * source, since the room for labels in a minibatch does, whose rows have sources of similar length.
 *
 * @param maximumLength of a source
 * @param labelsPerStep of a target with its end, for each token of the source
 * @param moreLabels of a target with its end, beside those
 * @param cuts whether longer ones are cut, or refused
 */
record LengthLimits(int maximumLength, double labelsPerStep, int moreLabels, boolean cuts)
    implements Serializable {
  private static final int MOST = 100_000;
  private static final double MOST_PER_STEP = 1000;

  static LengthLimits of(TaskSettings settings) {
    return new LengthLimits(
        settings.whole("maximum_length", 1, MOST),
        settings.number("labels_per_step", 0, MOST_PER_STEP),
        settings.whole("more_labels", 1, MOST),
        cuts(settings));
  }

  private static boolean cuts(TaskSettings settings) {
    return settings.choice("long_rows", List.of("refuse", "cut")).equals("cut");
  }

  /** The same for predictions, which may cut what was refused to be learned. */
  LengthLimits predicting(TaskSettings settings) {
    return new LengthLimits(maximumLength, labelsPerStep, moreLabels, cuts || cuts(settings));
  }

  /** What of a source is read. */
  List<String> source(Example row, List<String> tokens, Counts counts) {
    if (tokens.size() > maximumLength && !cuts) {
      throw row.refused(
          TranslationTask.SOURCE,
          String.format(
              Locale.ROOT,
              "has %,d tokens, and %2$s.maximum_length is %3$d; %2$s.long_rows = cut takes the first ones",
              tokens.size(),
              TranslationTask.NAME,
              maximumLength));
    }
    return kept(tokens, maximumLength, "cut sources", counts);
  }

  /**
   * What of a target is learned.
   *
   * @param steps of its source
   */
  List<String> target(Example row, List<String> tokens, int steps, Counts counts) {
    int most = DecoderHead.labels(labelsPerStep, moreLabels, steps) - 1; // the end is a label too
    if (tokens.size() > most && !cuts) {
      throw row.refused(
          TranslationTask.TARGET,
          String.format(
              Locale.ROOT,
              "has %1$,d tokens, more than the %2$d that %3$s.labels_per_step and %3$s.more_labels"
                  + " allow for %4$d of the source; raise them, or set %3$s.long_rows = cut",
              tokens.size(),
              most,
              TranslationTask.NAME,
              steps));
    }
    return kept(tokens, most, "cut targets", counts);
  }

  private static List<String> kept(List<String> tokens, int most, String what, Counts counts) {
    if (tokens.size() <= most) {
      return tokens;
    }
    counts.add(what, 1);
    return tokens.subList(0, most);
  }

  /** As the head has them. */
  Map<String, String> options() {
    var options = new TreeMap<String, String>();
    options.put("labels_per_step", AttentionPlan.decimal(labelsPerStep));
    options.put("more_labels", String.valueOf(moreLabels));
    return options;
  }
}
