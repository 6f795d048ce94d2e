package org.rondo.tasks.regression;

import java.util.Map;
import java.util.TreeMap;
import org.rondo.models.HeadSpec;
import org.rondo.models.LayerSpec;
import org.rondo.models.Options;
import org.rondo.models.heads.Pooling;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.ImagePlan;

/**
 * What a task may choose of its network.
 *
 * @param embedding columns of the embedding; 0 for as many as the recurrent layers make it
 * @param pooling how the steps of a sequence become one vector
 * @param images what the steps of a series are
 */
record RegressorPlan(int embedding, String pooling, ImagePlan images) {
  static RegressorPlan of(TaskSettings settings) {
    return new RegressorPlan(
        settings.whole("embedding", 0, LayerSpec.MOST_COLUMNS),
        settings.choice("pooling", Pooling.names()),
        ImagePlan.of(settings));
  }

  /** Of O values for every step, or for the whole. */
  HeadSpec head(int outputs, boolean perStep) {
    String pooled = perStep ? "none" : pooling;
    return new HeadSpec(
        "regression", outputs, new Options(new TreeMap<>(Map.of(Pooling.OPTION, pooled))));
  }
}
