package org.rondo.sparkml;

import java.util.List;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.rondo.evaluation.GenerationPlan;
import org.rondo.sparkml.columns.ColumnMetadata;
import org.rondo.sparkml.columns.LossColumns;
import org.rondo.sparkml.files.ModelReader;
import org.rondo.sparkml.fits.FittedLanguage;
import org.rondo.sparkml.fits.TextPredictor;
import org.rondo.sparkml.params.InputParams;
import org.rondo.sparkml.params.LanguageParams;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * Tells the loss and perplexity of each text by itself, and writes on from a prompt; see {@link
 * RnnLanguageModel}. The loss of a row depends on no other row, bit for bit.
 */
public final class RnnLanguageModelModel extends FittedModel<RnnLanguageModelModel, FittedLanguage>
    implements InputParams<RnnLanguageModelModel>, LanguageParams<RnnLanguageModelModel> {
  private static final long serialVersionUID = 1L;

  RnnLanguageModelModel(String uid, FittedLanguage fitted) {
    super(uid, fitted);
    setInputDefaults();
    setLanguageDefaults();
  }

  /** The tokens that it knows, by their ids; the first stands for all others. */
  public String[] vocabulary() {
    return fitted().tokens();
  }

  /**
   * A prompt and what the network writes after it, on the driver.
   *
   * @param prompt may be empty; tokens that the vocabulary lacks are read as unknown ones
   * @param tokens to write, words and marks or characters as they were learned
   * @param temperature of the draws; 0 always takes the likeliest token
   * @param seed the same seed gives the same text
   */
  public String generate(String prompt, int tokens, double temperature, long seed) {
    return fitted().generate(prompt, new GenerationPlan(tokens, temperature, 0, 1, seed));
  }

  /** Takes texts one by one, inside a function of the caller's. */
  public TextPredictor byText(SparkSession spark) {
    return fitted().byText(spark);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SchemaCheck.text(schema, "featuresCol", getFeaturesCol());
    return SchemaCheck.with(schema, LossColumns.fields(List.of(getLossCol(), getPerplexityCol())));
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    StructType schema = transformSchema(rows.schema());
    var columns =
        new LossColumns(
            schema,
            getFeaturesCol(),
            !getLossCol().isEmpty(),
            !getPerplexityCol().isEmpty(),
            getHandleInvalid());
    return ColumnMetadata.restored(
        fitted().scored(rows.toDF(), columns, getInferBatchSize()), schema);
  }

  @Override
  RnnLanguageModelModel same() {
    return new RnnLanguageModelModel(uid(), fitted());
  }

  public static MLReader<RnnLanguageModelModel> read() {
    return new ModelReader<>(
        RnnLanguageModelModel.class, FittedLanguage::read, RnnLanguageModelModel::new);
  }

  public static RnnLanguageModelModel load(String path) {
    return read().load(path);
  }
}
