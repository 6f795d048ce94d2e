package org.rondo.spark;

import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.sql.SparkSession;

/** The metadata of Spark ML's saved stages, which Spark 4 writes by its session. */
public final class ParamsFiles {
  private ParamsFiles() {}

  /**
   * What was saved.
   *
   * @param type name of the class that it must be of
   */
  public static DefaultParamsReader.Metadata metadata(
      SparkSession session, String folder, String type) {
    return DefaultParamsReader.loadMetadata(folder, session, type);
  }

  /** Saves the params of a stage. */
  public static void save(SparkSession session, String folder, Params stage) {
    DefaultParamsWriter.saveMetadata(
        stage,
        folder,
        session,
        DefaultParamsWriter.saveMetadata$default$4(),
        DefaultParamsWriter.saveMetadata$default$5());
  }

  /** The stage that was saved, whatever its class. */
  public static Params stage(SparkSession session, String folder) {
    return DefaultParamsReader.loadParamsInstance(folder, session);
  }
}
