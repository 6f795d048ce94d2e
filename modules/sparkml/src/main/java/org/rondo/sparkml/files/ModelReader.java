package org.rondo.sparkml.files;

import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.rondo.spark.ParamsFiles;

/**
 * Reads models that a {@link ModelWriter} wrote.
 *
 * @param <M> the model
 * @param <F> what was fitted
 */
public final class ModelReader<M extends Params, F> extends MLReader<M> {
  private final Class<M> type;
  private final BiFunction<Path, Configuration, F> reading;
  private final BiFunction<String, F, M> constructor;

  /**
   * @param constructor of uid and what was fitted
   */
  public ModelReader(
      Class<M> type,
      BiFunction<Path, Configuration, F> reading,
      BiFunction<String, F, M> constructor) {
    this.type = type;
    this.reading = reading;
    this.constructor = constructor;
  }

  @Override
  public M load(String path) {
    DefaultParamsReader.Metadata metadata =
        ParamsFiles.metadata(sparkSession(), path, type.getName());
    F fitted = reading.apply(new Path(path), sc().hadoopConfiguration());
    M model = constructor.apply(metadata.uid(), fitted);
    metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
    return model;
  }
}
