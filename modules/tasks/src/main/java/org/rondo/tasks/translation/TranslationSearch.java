package org.rondo.tasks.translation;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.rondo.tasks.TaskSettings;

/**
 * How translations are searched for, and what of them is written. Nothing of it is learned, so that
 * a trained network is asked in any way.
 *
 * @param beam translations that the search keeps
 * @param best of them that are written
 * @param lengthPenalty alpha of Wu et al. 2016
 * @param coveragePenalty beta of Wu et al. 2016
 * @param replaceUnknown whether unknown tokens become those of the source that are looked at
 * @param showAttention whether it is told what is looked at
 * @see <a href="https://arxiv.org/abs/1609.08144">Wu et al. 2016</a>
 */
record TranslationSearch(
    int beam,
    int best,
    double lengthPenalty,
    double coveragePenalty,
    boolean replaceUnknown,
    boolean showAttention) {
  static final Set<String> KEYS =
      Set.of(
          "beam",
          "best",
          "length_penalty",
          "coverage_penalty",
          "replace_unknown",
          "show_attention");

  /** The likeliest token of every step: how training is measured. */
  static final TranslationSearch GREEDY = new TranslationSearch(1, 1, 0, 0, true, false);

  private static final int MOST_BEAM = 1000;

  /** Scores that the search keeps for a row: 32 rows beside each other take 1 GiB. */
  private static final int MOST_SCORES = 1 << 23;

  private static final double MOST_PENALTY = 10;

  static TranslationSearch of(TaskSettings settings) {
    int beam = settings.whole("beam", 1, MOST_BEAM);
    int best = settings.whole("best", 1, MOST_BEAM);
    if (best > beam) {
      throw settings.refusal("best", "must be at most translation.beam = " + beam);
    }
    return new TranslationSearch(
        beam,
        best,
        settings.number("length_penalty", 0, MOST_PENALTY),
        settings.number("coverage_penalty", 0, MOST_PENALTY),
        settings.flag("replace_unknown"),
        settings.flag("show_attention"));
  }

  /**
   * Throws where the search would keep too many scores, one for each token and translation.
   *
   * @param tokens of the target
   */
  void requireRoom(int tokens, TaskSettings settings) {
    int most = Math.max(1, MOST_SCORES / tokens);
    if (beam > most) {
      throw settings.refusal(
          "beam", String.format(Locale.ROOT, "must be at most %d with %,d tokens", most, tokens));
    }
  }

  /** The same, which tells what is looked at. */
  TranslationSearch showingAttention() {
    return new TranslationSearch(beam, best, lengthPenalty, coveragePenalty, replaceUnknown, true);
  }

  /** Options of the head. */
  Map<String, String> options() {
    var options = new TreeMap<String, String>();
    options.put("beam", String.valueOf(beam));
    options.put("best", String.valueOf(best));
    options.put("length_penalty", AttentionPlan.decimal(lengthPenalty));
    options.put("coverage_penalty", AttentionPlan.decimal(coveragePenalty));
    return options;
  }
}
