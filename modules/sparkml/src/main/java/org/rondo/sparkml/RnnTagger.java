package org.rondo.sparkml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.columns.TaggingColumns;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.TaggerParams;
import org.rondo.sparkml.params.VocabularyParams;
import org.rondo.sparkml.schema.LearnedTask;

/** Learns a tag for every token: arrays of texts in, arrays of texts out. */
public final class RnnTagger extends RnnEstimator<RnnTagger, RnnTaggerModel>
    implements VocabularyParams<RnnTagger>, TaggerParams<RnnTagger> {
  private static final long serialVersionUID = 1L;

  public RnnTagger() {
    this(Identifiable$.MODULE$.randomUID("rnnTagger"));
  }

  public RnnTagger(String uid) {
    super(uid);
    setVocabularyDefaults();
    setTaggerDefaults();
    setDefault(useCrf(), true);
    setDefault(wordShapes(), false);
    setDefault(wordCharacters(), 0);
  }

  /** Whether the tags of a sequence are chosen together. */
  public BooleanParam useCrf() {
    return new BooleanParam(
        this,
        "useCrf",
        "whether the tags of a sequence are chosen together, by a conditional random field");
  }

  public RnnTagger setUseCrf(boolean value) {
    return with(useCrf(), value);
  }

  public boolean getUseCrf() {
    return (boolean) getOrDefault(useCrf());
  }

  /** Whether the network is told how each token is written. */
  public BooleanParam wordShapes() {
    return new BooleanParam(
        this,
        "wordShapes",
        "whether the network is told how each token is written: in small letters, capitals, digits");
  }

  public RnnTagger setWordShapes(boolean value) {
    return with(wordShapes(), value);
  }

  public boolean getWordShapes() {
    return (boolean) getOrDefault(wordShapes());
  }

  /** Characters of each token that are read. */
  public IntParam wordCharacters() {
    return new IntParam(
        this,
        "wordCharacters",
        "characters of each token, its first ones, that recurrences of their own read; 0: none",
        ParamValidators.inRange(0, 10_000));
  }

  public RnnTagger setWordCharacters(int value) {
    return with(wordCharacters(), value);
  }

  public int getWordCharacters() {
    return (int) getOrDefault(wordCharacters());
  }

  @Override
  LearnedTask task(StructType schema) {
    var keys = new HashMap<String, Object>(vocabularyKeys());
    keys.put(
        "columns", String.join(",", TaggingColumns.extraRoles(getExtraFeaturesCols()).keySet()));
    keys.put("head", getUseCrf() ? "crf" : "softmax");
    keys.put("shapes", getWordShapes());
    keys.put("characters", getWordCharacters());
    return LearnedTask.of("tagging", keys);
  }

  @Override
  Map<String, String> roles(StructType schema) {
    Map<String, String> roles = TaggingColumns.roles(getFeaturesCol(), getExtraFeaturesCols());
    roles.put("tags", getLabelCol());
    return roles;
  }

  @Override
  List<StructField> predicted(StructType schema) {
    return TaggingColumns.fields(getPredictionCol(), getSpansCol());
  }

  @Override
  RnnTaggerModel model(FittedNetwork fitted) {
    return new RnnTaggerModel(uid(), fitted);
  }

  public static MLReader<RnnTagger> read() {
    return new DefaultParamsReader<>();
  }

  public static RnnTagger load(String path) {
    return read().load(path);
  }
}
