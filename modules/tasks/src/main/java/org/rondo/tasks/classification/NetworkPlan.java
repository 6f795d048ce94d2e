package org.rondo.tasks.classification;

import java.util.List;
import java.util.Map;
import org.rondo.models.Options;
import org.rondo.tasks.TaskSettings;

/**
 * What a task may choose of its network.
 *
 * @param embedding columns of the embedding; 0 for as many as the recurrent layers make it
 * @param pooling how the steps of a sequence become one vector
 */
record NetworkPlan(int embedding, String pooling) {
  private static final int MOST_COLUMNS = 1 << 24;

  static NetworkPlan of(TaskSettings settings) {
    return new NetworkPlan(
        settings.whole("embedding", 0, MOST_COLUMNS),
        settings.choice("pooling", List.of("last", "mean", "max", "attention")));
  }

  Options head() {
    return new Options(Map.of("pooling", pooling));
  }
}
