package org.rondo.sparkml;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.sparkml.columns.TranslationColumns;
import org.rondo.sparkml.files.ModelReader;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.SearchParams;

/** Writes a text for every text; see {@link RnnTranslator}. */
public final class RnnTranslatorModel extends RnnModel<RnnTranslatorModel>
    implements SearchParams<RnnTranslatorModel> {
  private static final long serialVersionUID = 1L;

  RnnTranslatorModel(String uid, FittedNetwork fitted) {
    super(uid, fitted);
    setSearchDefaults(fitted.task().keys().get("long_rows"));
  }

  @Override
  Map<String, String> roles() {
    return Map.of("source", getFeaturesCol());
  }

  @Override
  Map<String, Object> keysOfPrediction() {
    return searchKeys();
  }

  @Override
  List<StructField> predicted() {
    return TranslationColumns.fields(getPredictionCol(), getTranslationsCol(), getAttentionCol());
  }

  @Override
  PredictionColumns columns(StructType schema) {
    return new TranslationColumns(
        schema,
        !getTranslationsCol().isEmpty(),
        !getAttentionCol().isEmpty(),
        getHandleInvalid().equals("error"));
  }

  @Override
  RnnTranslatorModel same() {
    return new RnnTranslatorModel(uid(), fitted());
  }

  public static MLReader<RnnTranslatorModel> read() {
    return new ModelReader<>(
        RnnTranslatorModel.class, FittedNetwork::read, RnnTranslatorModel::new);
  }

  public static RnnTranslatorModel load(String path) {
    return read().load(path);
  }
}
