package org.rondo.sparkml.params;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.rondo.models.heads.decoder.DecoderHead;

/**
 * How texts of both sides become tokens, and the decoder that writes. Params stand for the keys of
 * the task {@code translation}.
 *
 * @param <S> the stage
 */
public interface TranslatorParams<S extends Params> extends VocabularyParams<S> {
  /** What a token of the source is. */
  default Param<String> sourceTokenizer() {
    return new Param<>(
        this,
        "sourceTokenizer",
        "what a token of the source is: words-and-joined-marks, words-and-marks, unicode-words, words, characters or bpe",
        ParamRules.tokenizer());
  }

  /** What a token of the target is. */
  default Param<String> targetTokenizer() {
    return new Param<>(
        this, "targetTokenizer", "what a token of the target is", ParamRules.tokenizer());
  }

  /** Greatest length of a source. */
  default IntParam maximumLength() {
    return new IntParam(
        this,
        "maximumLength",
        "greatest length of a source, in tokens",
        ParamValidators.inRange(1, 100_000));
  }

  /** Greatest length of a target, for each token of its source. */
  default DoubleParam labelsPerStep() {
    return new DoubleParam(
        this,
        "labelsPerStep",
        "greatest length of a target, in tokens: this times the length of its source, and moreLabels, of which its end takes one",
        ParamValidators.inRange(0, 1000));
  }

  /** Greatest length of a target, beside that. */
  default IntParam moreLabels() {
    return new IntParam(
        this,
        "moreLabels",
        "tokens that a target may have beside labelsPerStep times those of its source",
        ParamValidators.inRange(1, 100_000));
  }

  /** Recurrent layers that write. */
  default IntParam decoderLayers() {
    return new IntParam(
        this,
        "decoderLayers",
        "recurrent layers of the decoder",
        ParamValidators.inRange(1, DecoderHead.MOST_LAYERS));
  }

  /** Units of each of them. */
  default IntParam decoderSize() {
    return new IntParam(
        this,
        "decoderSize",
        "units of each layer of the decoder; 0: as many as the encoder gives, twice hiddenSize where it is bidirectional",
        ParamValidators.gtEq(0));
  }

  /** How what is looked at is found. */
  default Param<String> attention() {
    return new Param<>(
        this,
        "attention",
        "how the decoder finds the source tokens that it looks at: dot, general, scaled or additive",
        ParamValidators.inArray(DecoderHead.ATTENTIONS));
  }

  /** Whether what was found is read. */
  default BooleanParam inputFeeding() {
    return new BooleanParam(
        this, "inputFeeding", "whether the decoder reads what it found in the step before");
  }

  /** Share of probability spread over all tokens. */
  default DoubleParam labelSmoothing() {
    return new DoubleParam(
        this,
        "labelSmoothing",
        "share of the probability that is spread over all tokens to be learned",
        ParamValidators.inRange(0, 0.99));
  }

  /** How long the decoder learns from the right tokens alone. */
  default DoubleParam scheduledSampling() {
    return new DoubleParam(
        this,
        "scheduledSampling",
        "k: after i minibatches the decoder learns from the right token before with probability k / (k + exp(i / k)), else from one that it drew itself; 0: from the right one always",
        ParamValidators.inRange(0, 1e8));
  }

  /** Sets the defaults. */
  default void setTranslatorDefaults() {
    setVocabularyDefaults();
    setDefault(lowercase(), false);
    setDefault(sourceTokenizer(), "words-and-joined-marks");
    setDefault(targetTokenizer(), "words-and-joined-marks");
    setDefault(maximumLength(), 100);
    setDefault(labelsPerStep(), 1.5);
    setDefault(moreLabels(), 10);
    setDefault(decoderLayers(), 1);
    setDefault(decoderSize(), 0);
    setDefault(attention(), "scaled");
    setDefault(inputFeeding(), true);
    setDefault(labelSmoothing(), 0.0);
    setDefault(scheduledSampling(), 0.0);
  }

  default S setSourceTokenizer(String value) {
    return with(sourceTokenizer(), value);
  }

  default String getSourceTokenizer() {
    return getOrDefault(sourceTokenizer());
  }

  default S setTargetTokenizer(String value) {
    return with(targetTokenizer(), value);
  }

  default String getTargetTokenizer() {
    return getOrDefault(targetTokenizer());
  }

  default S setMaximumLength(int value) {
    return with(maximumLength(), value);
  }

  default int getMaximumLength() {
    return (int) getOrDefault(maximumLength());
  }

  default S setLabelsPerStep(double value) {
    return with(labelsPerStep(), value);
  }

  default double getLabelsPerStep() {
    return (double) getOrDefault(labelsPerStep());
  }

  default S setMoreLabels(int value) {
    return with(moreLabels(), value);
  }

  default int getMoreLabels() {
    return (int) getOrDefault(moreLabels());
  }

  default S setDecoderLayers(int value) {
    return with(decoderLayers(), value);
  }

  default int getDecoderLayers() {
    return (int) getOrDefault(decoderLayers());
  }

  default S setDecoderSize(int value) {
    return with(decoderSize(), value);
  }

  default int getDecoderSize() {
    return (int) getOrDefault(decoderSize());
  }

  default S setAttention(String value) {
    return with(attention(), value);
  }

  default String getAttention() {
    return getOrDefault(attention());
  }

  default S setInputFeeding(boolean value) {
    return with(inputFeeding(), value);
  }

  default boolean getInputFeeding() {
    return (boolean) getOrDefault(inputFeeding());
  }

  default S setLabelSmoothing(double value) {
    return with(labelSmoothing(), value);
  }

  default double getLabelSmoothing() {
    return (double) getOrDefault(labelSmoothing());
  }

  default S setScheduledSampling(double value) {
    return with(scheduledSampling(), value);
  }

  default double getScheduledSampling() {
    return (double) getOrDefault(scheduledSampling());
  }

  /** The keys of the task that decide what is learned. */
  default Map<String, Object> translatorKeys() {
    var keys = new HashMap<String, Object>(vocabularyKeys());
    keys.put("source_tokenizer", getSourceTokenizer());
    keys.put("target_tokenizer", getTargetTokenizer());
    keys.put("maximum_length", getMaximumLength());
    keys.put("labels_per_step", getLabelsPerStep());
    keys.put("more_labels", getMoreLabels());
    keys.put("decoder_layers", getDecoderLayers());
    keys.put("decoder_units", getDecoderSize());
    keys.put("attention", getAttention());
    keys.put("input_feeding", getInputFeeding());
    keys.put("label_smoothing", getLabelSmoothing());
    keys.put("scheduled_sampling", getScheduledSampling());
    return keys;
  }
}
