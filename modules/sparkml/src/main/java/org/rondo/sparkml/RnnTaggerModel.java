package org.rondo.sparkml;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.sparkml.columns.TaggingColumns;
import org.rondo.sparkml.files.ModelReader;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.TaggerParams;

/** Predicts a tag for every token; see {@link RnnTagger}. */
public final class RnnTaggerModel extends RnnModel<RnnTaggerModel>
    implements TaggerParams<RnnTaggerModel> {
  private static final long serialVersionUID = 1L;

  RnnTaggerModel(String uid, FittedNetwork fitted) {
    super(uid, fitted);
    setTaggerDefaults();
  }

  /** The tags that it learned. */
  public String[] labels() {
    return fitted().features().labels().toArray(String[]::new);
  }

  @Override
  Map<String, String> roles() {
    return TaggingColumns.roles(getFeaturesCol(), getExtraFeaturesCols());
  }

  @Override
  List<StructField> predicted() {
    return TaggingColumns.fields(getPredictionCol(), getSpansCol());
  }

  @Override
  PredictionColumns columns(StructType schema) {
    return new TaggingColumns(schema, !getSpansCol().isEmpty(), getHandleInvalid().equals("error"));
  }

  @Override
  RnnTaggerModel same() {
    return new RnnTaggerModel(uid(), fitted());
  }

  public static MLReader<RnnTaggerModel> read() {
    return new ModelReader<>(RnnTaggerModel.class, FittedNetwork::read, RnnTaggerModel::new);
  }

  public static RnnTaggerModel load(String path) {
    return read().load(path);
  }
}
