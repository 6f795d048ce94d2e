package org.rondo.frames.predict;

import org.rondo.tasks.LanguageModel;
import org.rondo.training.checkpoint.Checkpoint;

/** A trained language model, for tasks that predict with the help of one. */
public final class SavedLanguageModel {
  private SavedLanguageModel() {}

  /**
   * What a checkpoint holds.
   *
   * @throws IllegalArgumentException if that is no language model
   */
  public static LanguageModel of(Checkpoint checkpoint) {
    if (!checkpoint.holds(Checkpoint.VOCABULARY)) {
      throw new IllegalArgumentException("is the checkpoint of no language model");
    }
    return LanguageModel.of(checkpoint.vocabulary(), checkpoint.network(), checkpoint.parameters());
  }
}
