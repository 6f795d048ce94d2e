package org.rondo.sparkml.params;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How sound becomes steps, and what transcripts are made of. Params have the names of the keys of
 * the task {@code speech}.
 *
 * @param <S> the stage
 */
public interface SpeechParams<S extends Params> extends LetterParams<S> {
  /** Samples in a second. */
  default IntParam rate() {
    return new IntParam(
        this,
        "rate",
        "samples in a second that all sound is brought to; take that of the recordings, or less",
        ParamValidators.inRange(1000, 1_000_000));
  }

  /** Bands of the mel spectrum. */
  default IntParam mels() {
    return new IntParam(
        this,
        "mels",
        "bands of the mel spectrum, from 20 Hz to half the rate",
        ParamValidators.inRange(1, 1000));
  }

  /** Length of a frame. */
  default DoubleParam window() {
    return new DoubleParam(
        this, "window", "milliseconds of a frame", ParamValidators.inRange(1, 1000));
  }

  /** Distance of frames. */
  default DoubleParam hop() {
    return new DoubleParam(
        this, "hop", "milliseconds from one frame to the next", ParamValidators.inRange(1, 1000));
  }

  /** Slopes over time. */
  default IntParam deltas() {
    return new IntParam(
        this,
        "deltas",
        "how often the change of frames over time is an input too: 0, 1 or 2",
        ParamValidators.inRange(0, 2));
  }

  /** Frames of a step. */
  default IntParam stack() {
    return new IntParam(
        this,
        "stack",
        "frames side by side that make one step of the network",
        ParamValidators.inRange(1, 100));
  }

  /** Masks of bands. */
  default IntParam bandMasks() {
    return new IntParam(
        this,
        "bandMasks",
        "masks of neighbouring bands that training blanks out in each recording (SpecAugment)",
        ParamValidators.inRange(0, 100));
  }

  /** Widest mask of bands. */
  default IntParam bandMaskWidth() {
    return new IntParam(
        this, "bandMaskWidth", "bands of a mask at most", ParamValidators.inRange(0, 1000));
  }

  /** Masks of steps. */
  default IntParam stepMasks() {
    return new IntParam(
        this,
        "stepMasks",
        "masks of neighbouring steps that training blanks out in each recording",
        ParamValidators.inRange(0, 100));
  }

  /** Widest mask of steps. */
  default IntParam stepMaskWidth() {
    return new IntParam(
        this,
        "stepMaskWidth",
        "steps of a mask at most; never more than a fifth of a recording",
        ParamValidators.gtEq(0));
  }

  /** Longest sound. */
  default DoubleParam maximumSeconds() {
    return new DoubleParam(
        this,
        "maximumSeconds",
        "seconds; rows whose sound lasts longer cannot be used",
        ParamValidators.inRange(0.01, 3600));
  }

  /** What transcripts are made of. */
  default Param<String> symbols() {
    return new Param<>(
        this,
        "symbols",
        "characters; or words, which white space separates, and which may as well be phonemes",
        ParamValidators.inArray(List.of("characters", "words")));
  }

  /** Sets the defaults. */
  default void setSpeechDefaults() {
    setLetterDefaults();
    setDefault(rate(), 16_000);
    setDefault(mels(), 40);
    setDefault(window(), 25.0);
    setDefault(hop(), 10.0);
    setDefault(deltas(), 0);
    setDefault(stack(), 3);
    setDefault(bandMasks(), 0);
    setDefault(bandMaskWidth(), 8);
    setDefault(stepMasks(), 0);
    setDefault(stepMaskWidth(), 10);
    setDefault(maximumSeconds(), 30.0);
    setDefault(symbols(), "characters");
  }

  default S setRate(int value) {
    return with(rate(), value);
  }

  default int getRate() {
    return (int) getOrDefault(rate());
  }

  default S setMels(int value) {
    return with(mels(), value);
  }

  default int getMels() {
    return (int) getOrDefault(mels());
  }

  default S setWindow(double value) {
    return with(window(), value);
  }

  default double getWindow() {
    return (double) getOrDefault(window());
  }

  default S setHop(double value) {
    return with(hop(), value);
  }

  default double getHop() {
    return (double) getOrDefault(hop());
  }

  default S setDeltas(int value) {
    return with(deltas(), value);
  }

  default int getDeltas() {
    return (int) getOrDefault(deltas());
  }

  default S setStack(int value) {
    return with(stack(), value);
  }

  default int getStack() {
    return (int) getOrDefault(stack());
  }

  default S setBandMasks(int value) {
    return with(bandMasks(), value);
  }

  default int getBandMasks() {
    return (int) getOrDefault(bandMasks());
  }

  default S setBandMaskWidth(int value) {
    return with(bandMaskWidth(), value);
  }

  default int getBandMaskWidth() {
    return (int) getOrDefault(bandMaskWidth());
  }

  default S setStepMasks(int value) {
    return with(stepMasks(), value);
  }

  default int getStepMasks() {
    return (int) getOrDefault(stepMasks());
  }

  default S setStepMaskWidth(int value) {
    return with(stepMaskWidth(), value);
  }

  default int getStepMaskWidth() {
    return (int) getOrDefault(stepMaskWidth());
  }

  default S setMaximumSeconds(double value) {
    return with(maximumSeconds(), value);
  }

  default double getMaximumSeconds() {
    return (double) getOrDefault(maximumSeconds());
  }

  default S setSymbols(String value) {
    return with(symbols(), value);
  }

  default String getSymbols() {
    return getOrDefault(symbols());
  }

  /** The keys of the task, but for those of {@link SpeechSearchParams}. */
  default Map<String, Object> speechKeys() {
    var keys = new HashMap<String, Object>();
    keys.put("rate", getRate());
    keys.put("mels", getMels());
    keys.put("window", getWindow());
    keys.put("hop", getHop());
    keys.put("deltas", getDeltas());
    keys.put("stack", getStack());
    keys.put("band_masks", getBandMasks());
    keys.put("band_mask_width", getBandMaskWidth());
    keys.put("step_masks", getStepMasks());
    keys.put("step_mask_width", getStepMaskWidth());
    keys.put("maximum_seconds", getMaximumSeconds());
    keys.put("symbols", getSymbols());
    keys.put("lowercase", getLowercase());
    return keys;
  }
}
