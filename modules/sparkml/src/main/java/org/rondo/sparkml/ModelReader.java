package org.rondo.sparkml;

import java.util.function.BiFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads models that {@link RnnModel#write} wrote. */
final class ModelReader<M extends RnnModel<M>> extends MLReader<M> {
  private final Class<M> type;
  private final BiFunction<String, FittedNetwork, M> constructor;

  ModelReader(Class<M> type, BiFunction<String, FittedNetwork, M> constructor) {
    this.type = type;
    this.constructor = constructor;
  }

  @Override
  public M load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), type.getName());
    M model =
        constructor.apply(
            metadata.uid(), FittedNetwork.read(new Path(path), sc().hadoopConfiguration()));
    metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
    return model;
  }
}
