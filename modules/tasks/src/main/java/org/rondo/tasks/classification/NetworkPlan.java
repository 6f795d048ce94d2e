package org.rondo.tasks.classification;

import java.util.List;
import java.util.TreeMap;
import org.rondo.models.Options;
import org.rondo.tasks.LabelSet;
import org.rondo.tasks.TaskSettings;

/**
 * What a task may choose of its network.
 *
 * @param embedding columns of the embedding; 0 for as many as the recurrent layers make it
 * @param pooling how the steps of a sequence become one vector
 * @param weights of the labels
 */
record NetworkPlan(int embedding, String pooling, LabelWeights weights) {
  private static final int MOST_COLUMNS = 1 << 24;

  static NetworkPlan of(TaskSettings settings) {
    return new NetworkPlan(
        settings.whole("embedding", 0, MOST_COLUMNS),
        settings.choice("pooling", List.of("last", "mean", "max", "attention")),
        new LabelWeights(settings));
  }

  Options head(LabelSet labels) {
    var options = new TreeMap<String, String>();
    options.put("pooling", pooling);
    if (weights.areGiven()) {
      options.put("class_weights", weights.option(labels));
    }
    return new Options(options);
  }
}
