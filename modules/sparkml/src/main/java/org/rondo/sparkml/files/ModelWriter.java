package org.rondo.sparkml.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWriter;
import org.rondo.spark.ParamsFiles;

/** Metadata of a model as Spark writes it, and the network beside it. */
public final class ModelWriter extends MLWriter {
  /** What was fitted. */
  public interface Fitted {
    /** Writes it into a folder. */
    void write(Path folder, Configuration hadoop) throws IOException;
  }

  private final Params model;
  private final Fitted fitted;

  public ModelWriter(Params model, Fitted fitted) {
    this.model = model;
    this.fitted = fitted;
  }

  @Override
  public void saveImpl(String path) {
    ParamsFiles.save(sparkSession(), path, model);
    try {
      fitted.write(new Path(path), sc().hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "model: cannot write to %s: %s", path, e.getMessage()), e);
    }
  }
}
