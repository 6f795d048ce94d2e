package org.rondo.training.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.rondo.training.TrainingPlan;
import org.rondo.training.storage.RecordJson;

/**
 * What {@code run.json} of a checkpoint holds.
 *
 * @param plan as it was trained
 * @param state of the loop over rounds
 * @param trainText fingerprint of the training split
 * @param validationText fingerprint of the validation split
 * @param rondo the version that wrote it
 */
public record RunRecord(
    TrainingPlan plan,
    RunState state,
    String trainText,
    String validationText,
    @JsonProperty(defaultValue = "\"unknown\"") String rondo) {
  /**
   * Reads what a checkpoint holds.
   *
   * @throws IllegalArgumentException naming the field that is missing, unknown or of another kind,
   *     or that is refused
   */
  static RunRecord fromJson(String json) {
    return RecordJson.read(json, RunRecord.class);
  }
}
