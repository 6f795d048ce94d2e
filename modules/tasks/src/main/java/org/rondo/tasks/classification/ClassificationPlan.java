package org.rondo.tasks.classification;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.InputPlan;

/**
 * How rows are read.
 *
 * @param inputs how their inputs are
 * @param severalLabels whether a row has any number of labels
 * @param metric that decides which parameters are best, or {@value #AUTO}
 */
record ClassificationPlan(InputPlan inputs, boolean severalLabels, String metric)
    implements Serializable {
  static final String AUTO = "auto";

  static ClassificationPlan of(TaskSettings settings) {
    boolean severalLabels = settings.flag("several_labels");
    List<String> metrics = ClassificationMetrics.names(severalLabels);
    return new ClassificationPlan(
        InputPlan.of(ClassificationTask.NAME, settings),
        severalLabels,
        settings.choice("metric", Stream.concat(Stream.of(AUTO), metrics.stream()).toList()));
  }
}
