package org.rondo.sparkml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.columns.ClassLabels;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.NetworkParams;
import org.rondo.sparkml.schema.LearnedTask;
import org.rondo.tasks.Features;

/**
 * Learns a task from rows.
 *
 * @param <E> the estimator
 * @param <M> its model
 */
public abstract class TaskEstimator<E extends TaskEstimator<E, M>, M extends Model<M>>
    extends NetworkEstimator<E, M> implements NetworkParams<E> {
  private static final long serialVersionUID = 1L;

  TaskEstimator(String uid) {
    super(uid);
    setNetworkDefaults();
  }

  /** What is learned of rows of that schema. */
  abstract LearnedTask task(StructType schema);

  /** The column of each role. */
  abstract Map<String, String> roles(StructType schema);

  /** The column that orders the rows before they are cut and prepared; empty for a hash. */
  abstract String order();

  /** The column of what is learned. */
  abstract StructField learned(StructType schema);

  /**
   * What a model's predictions stand for.
   *
   * @param label the column of what was learned
   */
  ClassLabels labels(StructField label, Features features) {
    return ClassLabels.NONE;
  }

  /**
   * Steps of a minibatch, at most.
   *
   * @param longest steps of the longest sequence
   */
  int unroll(int longest) {
    return longest;
  }

  /**
   * What a trained network is completed to, with the rows that it learned.
   *
   * @param sources by split, or by another name for one that is cut into splits
   * @param fractions of the splits that it is cut into
   */
  FittedNetwork completed(
      FittedNetwork trained, Map<String, Dataset<Row>> sources, Map<String, Double> fractions) {
    return trained;
  }

  /** Levels of intervals, in percent, that the errors on the validation rows are to tell. */
  List<Integer> measuredLevels() {
    return List.of();
  }

  abstract M model(FittedNetwork fitted);

  /** Whether its task reads text, by which it can take over the vocabulary of another network. */
  boolean takesInitialModel() {
    return true;
  }

  @Override
  void checkShared(StructType schema) {
    super.checkShared(schema);
    if (isDefined(initialModel()) && !takesInitialModel()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "initialModel = %s: %s cannot begin with the layers of another network; clear it",
              getInitialModel(),
              getClass().getSimpleName()));
    }
  }

  @Override
  public M fit(Dataset<?> rows) {
    transformSchema(rows.schema());
    M model = model(new TaskFit(this, rows.toDF()).run());
    copyValues(model, new ParamMap());
    model.setParent(this);
    return model;
  }
}
