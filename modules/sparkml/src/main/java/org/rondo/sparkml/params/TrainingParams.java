package org.rondo.sparkml.params;

import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How a network is trained.
 *
 * @param <S> the stage
 */
public interface TrainingParams<S extends Params> extends RnnParams<S> {
  /** Epochs at most. */
  default IntParam maxIter() {
    return new IntParam(
        this,
        "maxIter",
        "epochs at most; the validation rows are looked at after each",
        ParamValidators.gtEq(1));
  }

  /** Sequences per minibatch. */
  default IntParam batchSize() {
    return new IntParam(
        this,
        "batchSize",
        "sequences per minibatch of each worker",
        ParamValidators.inRange(1, 1_000_000));
  }

  /** Step size. */
  default DoubleParam learningRate() {
    return new DoubleParam(this, "learningRate", "step size of Adam", ParamValidators.gt(0));
  }

  /** Which Adam. */
  default Param<String> solver() {
    return new Param<>(
        this,
        "solver",
        "adam, or sparse-adam, which leaves the embeddings of tokens alone that a minibatch does not hold: faster with a large vocabulary",
        ParamValidators.inArray(List.of("adam", "sparse-adam")));
  }

  /** Greatest norm of the gradient. */
  default DoubleParam clipNorm() {
    return new DoubleParam(
        this,
        "clipNorm",
        "the gradient's greatest Euclidean norm; 0: not clipped",
        ParamValidators.gtEq(0));
  }

  /** Of all randomness. */
  default LongParam seed() {
    return new LongParam(
        this, "seed", "of initial parameters, dropout, shuffling, and of the order of rows");
  }

  /** Parts of the training rows. */
  default IntParam numWorkers() {
    return new IntParam(
        this,
        "numWorkers",
        "parts of the training rows, each learned by one task; decides the result, whatever the cluster",
        ParamValidators.inRange(1, 1_000_000));
  }

  /** Minibatches between synchronizations. */
  default IntParam syncEvery() {
    return new IntParam(
        this,
        "syncEvery",
        "minibatches after which workers come together, at most; they do after each epoch",
        ParamValidators.gtEq(1));
  }

  /** How workers come together. */
  default Param<String> synchronizer() {
    return new Param<>(
        this,
        "synchronizer",
        "how workers come together: average: all go on from the mean of their parameters; block-momentum: the way to that mean is a gradient to which momentum is applied; gradient: workers take no steps, their mean gradient moves the parameters once per round, so best with syncEvery = 1; none: they never do, and the first one is the model, a control",
        ParamRules.synchronizer());
  }

  /** Patience, in epochs. */
  default IntParam numEarlyStoppingRounds() {
    return new IntParam(
        this,
        "numEarlyStoppingRounds",
        "epochs without a better score of the validation rows after which training stops; 0: never",
        ParamValidators.gtEq(0));
  }

  /** Of matrix products. */
  default Param<String> precision() {
    return new Param<>(
        this,
        "precision",
        "of the inputs of matrix products: float32, bfloat16, or auto: bfloat16 where all executors multiply it at speed; auto predicts in float32",
        ParamValidators.inArray(List.of("float32", "bfloat16", "auto")));
  }

  /** Sets the defaults. */
  default void setTrainingDefaults() {
    setDefault(maxIter(), 10);
    setDefault(batchSize(), 32);
    setDefault(learningRate(), 0.001);
    setDefault(solver(), "adam");
    setDefault(clipNorm(), 5.0);
    setDefault(seed(), 1L);
    setDefault(numWorkers(), 1);
    setDefault(syncEvery(), 50);
    setDefault(synchronizer(), "average");
    setDefault(numEarlyStoppingRounds(), 0);
    setDefault(precision(), "auto");
  }

  default S setMaxIter(int value) {
    return with(maxIter(), value);
  }

  default int getMaxIter() {
    return (int) getOrDefault(maxIter());
  }

  default S setBatchSize(int value) {
    return with(batchSize(), value);
  }

  default int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  default S setLearningRate(double value) {
    return with(learningRate(), value);
  }

  default double getLearningRate() {
    return (double) getOrDefault(learningRate());
  }

  default S setSolver(String value) {
    return with(solver(), value);
  }

  default String getSolver() {
    return getOrDefault(solver());
  }

  default S setClipNorm(double value) {
    return with(clipNorm(), value);
  }

  default double getClipNorm() {
    return (double) getOrDefault(clipNorm());
  }

  default S setSeed(long value) {
    return with(seed(), value);
  }

  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  default S setNumWorkers(int value) {
    return with(numWorkers(), value);
  }

  default int getNumWorkers() {
    return (int) getOrDefault(numWorkers());
  }

  default S setSyncEvery(int value) {
    return with(syncEvery(), value);
  }

  default int getSyncEvery() {
    return (int) getOrDefault(syncEvery());
  }

  default S setSynchronizer(String value) {
    return with(synchronizer(), value);
  }

  default String getSynchronizer() {
    return getOrDefault(synchronizer());
  }

  default S setNumEarlyStoppingRounds(int value) {
    return with(numEarlyStoppingRounds(), value);
  }

  default int getNumEarlyStoppingRounds() {
    return (int) getOrDefault(numEarlyStoppingRounds());
  }

  default S setPrecision(String value) {
    return with(precision(), value);
  }

  default String getPrecision() {
    return getOrDefault(precision());
  }
}
