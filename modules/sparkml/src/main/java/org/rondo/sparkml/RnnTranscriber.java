package org.rondo.sparkml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.columns.TranscriptColumns;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.SpeechParams;
import org.rondo.sparkml.params.SpeechSearchParams;
import org.rondo.sparkml.schema.LearnedTask;

/**
 * Learns what is said in recordings, by connectionist temporal classification: a column of WAV
 * files as binary data, as Spark's format {@code binaryFile} has it, and one of transcripts.
 */
public final class RnnTranscriber extends RnnEstimator<RnnTranscriber, RnnTranscriberModel>
    implements SpeechParams<RnnTranscriber>, SpeechSearchParams<RnnTranscriber> {
  private static final long serialVersionUID = 1L;

  public RnnTranscriber() {
    this(Identifiable$.MODULE$.randomUID("rnnTranscriber"));
  }

  public RnnTranscriber(String uid) {
    super(uid);
    setSpeechDefaults();
    setSpeechSearchDefaults(0);
  }

  @Override
  LearnedTask task(StructType schema) {
    var keys = new HashMap<String, Object>(speechKeys());
    keys.putAll(speechSearchKeys());
    return LearnedTask.of("speech", keys);
  }

  @Override
  Map<String, String> roles(StructType schema) {
    return Map.of("audio", getFeaturesCol(), "transcript", getLabelCol());
  }

  @Override
  List<StructField> predicted(StructType schema) {
    return TranscriptColumns.fields(getPredictionCol());
  }

  @Override
  RnnTranscriberModel model(FittedNetwork fitted) {
    return new RnnTranscriberModel(uid(), fitted);
  }

  @Override
  boolean takesInitialModel() {
    return false;
  }

  public static MLReader<RnnTranscriber> read() {
    return new DefaultParamsReader<>();
  }

  public static RnnTranscriber load(String path) {
    return read().load(path);
  }
}
