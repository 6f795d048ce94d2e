package org.rondo.tasks.speech;

import java.util.Optional;
import java.util.Set;
import org.rondo.tasks.TaskSettings;

/**
 * How transcripts are searched for. Nothing of it is learned, so that a trained network is asked in
 * any way.
 *
 * @param beam prefixes that the search keeps; 0 for the best path; {@link #AS_TRAINED}
 * @param weight of a language model's logarithms
 * @param bonus for each symbol, where a language model helps
 */
record SpeechSearch(int beam, double weight, double bonus) {
  /**
   * The beam of a network that was not asked yet: that of its description, which is none but where
   * an earlier version trained with one.
   */
  static final int AS_TRAINED = -1;

  static final String BEAM = "beam";
  static final String MODEL = "language_model";

  private static final String WEIGHT = "language_model_weight";
  private static final String BONUS = "length_bonus";
  private static final int MOST_BEAM = 10_000;
  private static final double MOST = 100;

  static final Set<String> KEYS = Set.of(BEAM, MODEL, WEIGHT, BONUS);

  static SpeechSearch of(TaskSettings settings) {
    int beam = settings.whole(BEAM, 0, MOST_BEAM);
    if (beam == 0 && model(settings).isPresent()) {
      throw settings.refusal(
          BEAM, "must be at least 1 where a language model helps, which needs a search");
    }
    return new SpeechSearch(
        beam, settings.number(WEIGHT, 0, MOST), settings.number(BONUS, -MOST, MOST));
  }

  /** Folder of the language model. */
  static Optional<String> model(TaskSettings settings) {
    return Optional.of(settings.text(MODEL)).filter(folder -> !folder.isBlank());
  }

  /** Of a network that was not asked yet. */
  static SpeechSearch asTrained() {
    return new SpeechSearch(AS_TRAINED, 0, 0);
  }
}
