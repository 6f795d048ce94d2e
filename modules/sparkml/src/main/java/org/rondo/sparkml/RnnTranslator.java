package org.rondo.sparkml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.columns.TranslationColumns;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.SearchParams;
import org.rondo.sparkml.params.TranslatorParams;
import org.rondo.sparkml.schema.LearnedTask;

/**
 * Learns to write a text for a text, such as its translation: an encoder reads the column of
 * sources, and a decoder with attention writes what stands in the column of labels.
 */
public final class RnnTranslator extends RnnEstimator<RnnTranslator, RnnTranslatorModel>
    implements TranslatorParams<RnnTranslator>, SearchParams<RnnTranslator> {
  private static final long serialVersionUID = 1L;

  public RnnTranslator() {
    this(Identifiable$.MODULE$.randomUID("rnnTranslator"));
  }

  public RnnTranslator(String uid) {
    super(uid);
    setTranslatorDefaults();
    setSearchDefaults("refuse");
  }

  @Override
  LearnedTask task(StructType schema) {
    var keys = new HashMap<String, Object>(translatorKeys());
    keys.putAll(searchKeys());
    return LearnedTask.of("translation", keys);
  }

  @Override
  Map<String, String> roles(StructType schema) {
    return Map.of("source", getFeaturesCol(), "target", getLabelCol());
  }

  @Override
  List<StructField> predicted(StructType schema) {
    return TranslationColumns.fields(getPredictionCol(), getTranslationsCol(), getAttentionCol());
  }

  @Override
  RnnTranslatorModel model(FittedNetwork fitted) {
    return new RnnTranslatorModel(uid(), fitted);
  }

  @Override
  boolean takesInitialModel() {
    return false;
  }

  public static MLReader<RnnTranslator> read() {
    return new DefaultParamsReader<>();
  }

  public static RnnTranslator load(String path) {
    return read().load(path);
  }
}
