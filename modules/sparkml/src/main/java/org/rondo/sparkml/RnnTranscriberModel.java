package org.rondo.sparkml;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.sparkml.columns.TranscriptColumns;
import org.rondo.sparkml.files.ModelReader;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.SpeechSearchParams;

/** Predicts the transcript of every recording; see {@link RnnTranscriber}. */
public final class RnnTranscriberModel extends RnnModel<RnnTranscriberModel>
    implements SpeechSearchParams<RnnTranscriberModel> {
  private static final long serialVersionUID = 1L;

  RnnTranscriberModel(String uid, FittedNetwork fitted) {
    super(uid, fitted);
    setSpeechSearchDefaults(Integer.parseInt(fitted.task().keys().get("beam")));
  }

  @Override
  Map<String, String> roles() {
    return Map.of("audio", getFeaturesCol());
  }

  @Override
  Map<String, Object> keysOfPrediction() {
    return speechSearchKeys();
  }

  @Override
  List<StructField> predicted() {
    return TranscriptColumns.fields(getPredictionCol());
  }

  @Override
  PredictionColumns columns(StructType schema) {
    return new TranscriptColumns(schema, getHandleInvalid().equals("error"));
  }

  @Override
  RnnTranscriberModel same() {
    return new RnnTranscriberModel(uid(), fitted());
  }

  public static MLReader<RnnTranscriberModel> read() {
    return new ModelReader<>(
        RnnTranscriberModel.class, FittedNetwork::read, RnnTranscriberModel::new);
  }

  public static RnnTranscriberModel load(String path) {
    return read().load(path);
  }
}
