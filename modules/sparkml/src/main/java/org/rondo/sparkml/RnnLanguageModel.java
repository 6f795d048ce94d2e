package org.rondo.sparkml;

import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.columns.LossColumns;
import org.rondo.sparkml.fits.FitPlans;
import org.rondo.sparkml.fits.FittedLanguage;
import org.rondo.sparkml.fits.LanguageNetwork;
import org.rondo.sparkml.params.InputParams;
import org.rondo.sparkml.params.LanguageParams;
import org.rondo.sparkml.params.OrderParams;
import org.rondo.sparkml.params.SoftmaxParams;
import org.rondo.sparkml.params.TextParams;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * Learns to predict the next token of a running text: the texts of a column one after another, each
 * with the end of a line behind it, in the order of {@link #orderCol}, else of a hash of each text
 * and the seed. Its model tells the perplexity of texts and writes on from a prompt.
 */
public final class RnnLanguageModel
    extends NetworkEstimator<RnnLanguageModel, RnnLanguageModelModel>
    implements InputParams<RnnLanguageModel>,
        OrderParams<RnnLanguageModel>,
        TextParams<RnnLanguageModel>,
        LanguageParams<RnnLanguageModel>,
        SoftmaxParams<RnnLanguageModel> {
  private static final long serialVersionUID = 1L;

  public RnnLanguageModel() {
    this(Identifiable$.MODULE$.randomUID("rnnLanguageModel"));
  }

  public RnnLanguageModel(String uid) {
    super(uid);
    setInputDefaults();
    setTextDefaults();
    setLanguageDefaults();
    setSoftmaxDefaults();
    setDefault(unroll(), 50);
  }

  /** Steps of a minibatch. */
  public IntParam unroll() {
    return new IntParam(
        this,
        "unroll",
        "tokens of each sequence in a minibatch, through which gradients flow; the hidden state is carried on",
        ParamValidators.inRange(1, 100_000));
  }

  public RnnLanguageModel setUnroll(int value) {
    return with(unroll(), value);
  }

  public int getUnroll() {
    return (int) getOrDefault(unroll());
  }

  /**
   * What the Params make of a network.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  LanguageNetwork network() {
    return new LanguageNetwork(new FitPlans(this).stack(false), this);
  }

  @Override
  public RnnLanguageModelModel fit(Dataset<?> rows) {
    transformSchema(rows.schema());
    FittedLanguage fitted = new LanguageFit(this, rows.toDF()).run();
    var model = new RnnLanguageModelModel(uid(), fitted);
    return copyValues(model, new ParamMap()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    network();
    SchemaCheck.sequences(schema, this);
    checkShared(schema);
    SchemaCheck.text(schema, "featuresCol", getFeaturesCol());
    return SchemaCheck.with(schema, LossColumns.fields(List.of(getLossCol(), getPerplexityCol())));
  }

  public static MLReader<RnnLanguageModel> read() {
    return new DefaultParamsReader<>();
  }

  public static RnnLanguageModel load(String path) {
    return read().load(path);
  }
}
