package org.rondo.tasks.regression;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.TaskSettings;

/** What has a target. */
enum TargetKind {
  /** The whole row: one of its column. */
  ROW,
  /** Every step: that of its column. */
  STEP,
  /** Every step but the last: the values of the next step of the series. */
  NEXT;

  private static final String KEY = "target";

  static TargetKind of(TaskSettings settings) {
    boolean perStep = settings.flag("per_step");
    if (settings.choice(KEY, List.of("column", "next")).equals("column")) {
      return perStep ? STEP : ROW;
    }
    if (!settings.text("input").equals("series")) {
      throw settings.refusal(KEY, "must be column unless regression.input = series");
    }
    return NEXT;
  }

  @JsonCreator
  static TargetKind of(Object json) {
    for (TargetKind kind : values()) {
      if (kind.json().equals(json)) {
        return kind;
      }
    }
    throw new ValueException("perStep", json, "must be true, false or next");
  }

  /** As features.json has it, in the field {@code perStep}. */
  @JsonValue
  Object json() {
    return this == NEXT ? "next" : (Object) isPerStep();
  }

  /** Whether steps have targets of their own. */
  boolean isPerStep() {
    return this != ROW;
  }

  /** Whether targets stand in a column of their own. */
  boolean hasColumn() {
    return this != NEXT;
  }
}
