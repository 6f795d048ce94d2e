package org.rondo.sparkml.sql;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.SparkSession;
import org.rondo.spark.ParamsFiles;
import org.rondo.training.storage.CheckpointException;

/**
 * Models by the folders that they are saved in, each read once by the driver, and again when it was
 * saved anew.
 */
final class SavedModels {
  /** A query may name several; each holds its parameters. */
  private static final int KEPT = 8;

  /** Where a model lies, and since when. */
  private record Place(SparkSession session, String path, long time) {}

  private static final Map<Place, Params> READ =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Params> eldest) {
          return size() > KEPT;
        }
      };

  private SavedModels() {}

  /**
   * The model that the first argument names.
   *
   * @param type that it must be of
   * @param taken such models, for an error
   */
  static <M> M of(Arguments arguments, SparkSession spark, Class<M> type, String taken) {
    String path = arguments.model();
    Params model = read(arguments, spark, path);
    if (!type.isInstance(model)) {
      throw arguments.refused(
          "%s holds a %s, and it takes %s", path, model.getClass().getSimpleName(), taken);
    }
    return type.cast(model);
  }

  private static Params read(Arguments arguments, SparkSession spark, String path) {
    try {
      var metadata = new Path(path, "metadata");
      FileSystem fs = metadata.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!fs.exists(metadata)) {
        throw arguments.refused("there is no saved model in %s", path);
      }
      Path folder = fs.makeQualified(new Path(path));
      long time = fs.getFileStatus(metadata).getModificationTime();
      return read(new Place(spark, folder.toString(), time));
    } catch (IOException | CheckpointException e) {
      throw arguments.refused("the model in %s cannot be read: %s", path, e.getMessage());
    }
  }

  private static synchronized Params read(Place place) {
    Params model = READ.get(place);
    if (model == null) {
      model = ParamsFiles.stage(place.session(), place.path());
      READ.put(place, model);
    }
    return model;
  }
}
