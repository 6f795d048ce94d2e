package org.rondo.tasks.classification;

import java.util.TreeMap;
import org.rondo.models.LayerSpec;
import org.rondo.models.Options;
import org.rondo.models.heads.Pooling;
import org.rondo.tasks.LabelSet;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.ImagePlan;

/**
 * What a task may choose of its network.
 *
 * @param embedding columns of the embedding; 0 for as many as the recurrent layers make it
 * @param pooling how the steps of a sequence become one vector
 * @param weights of the labels
 * @param images what the steps of a series are
 */
record NetworkPlan(int embedding, String pooling, LabelWeights weights, ImagePlan images) {
  static NetworkPlan of(TaskSettings settings) {
    return new NetworkPlan(
        settings.whole("embedding", 0, LayerSpec.MOST_COLUMNS),
        settings.choice("pooling", Pooling.names()),
        new LabelWeights(settings),
        ImagePlan.of(settings));
  }

  Options head(LabelSet labels) {
    var options = new TreeMap<String, String>();
    options.put(Pooling.OPTION, pooling);
    if (weights.areGiven()) {
      options.put("class_weights", weights.option(labels));
    }
    return new Options(options);
  }
}
