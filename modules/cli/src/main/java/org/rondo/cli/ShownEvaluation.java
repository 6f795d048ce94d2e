package org.rondo.cli;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.driver.SparkCarrier;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.HadoopSettings;
import org.rondo.training.TrainingJob;
import org.rondo.training.storage.Storage;

/**
 * Evaluates a checkpoint before the eyes of a user.
 *
 * @param job of the checkpoint's network on the dataset
 * @param dataset of that job, opened
 * @param what is read, as "test rows"
 */
record ShownEvaluation(TrainingJob job, Dataset dataset, HadoopSettings hadoop, String what) {
  /** What the parameters are worth on a split. */
  Scores scores(JavaSparkContext spark, String split, float[] parameters, StatusLine status) {
    // An evaluation leaves no states between rounds, so this folder is never made.
    Storage scratch = new Storage(new Path(dataset.folder(), "evaluation").toString(), hadoop);
    try (var carrier = new SparkCarrier(spark, job, scratch);
        var shown = new PartsProgress(spark, "evaluating the " + what, status)) {
      shown.look();
      return carrier.evaluate(split, parameters);
    }
  }
}
