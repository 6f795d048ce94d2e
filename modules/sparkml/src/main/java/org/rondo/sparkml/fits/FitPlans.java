package org.rondo.sparkml.fits;

import java.util.Locale;
import java.util.Map;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.SourcePlan;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.kernels.ValueException;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.sparkml.params.EstimatorParams;
import org.rondo.training.TrainingPlan;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.SparseAdam;
import org.rondo.training.sync.Exchange;
import org.rondo.training.sync.Synchronizer;

/** From Params to the plans that prepare rows and train. */
public final class FitPlans {
  /** Names the rows where a plan asks for their source. */
  private static final String GIVEN = "dataframe";

  private final EstimatorParams<?> params;

  /**
   * @throws IllegalArgumentException if Params of the training do not go together
   */
  public FitPlans(EstimatorParams<?> params) {
    this.params = params;
    boolean steps = Synchronizer.named(params.getSynchronizer()).exchange() != Exchange.GRADIENTS;
    ValueException.unless(
        steps || !params.getSolver().equals(SparseAdam.NAME),
        "solver",
        params.getSolver(),
        String.format(
            Locale.ROOT,
            "not beside synchronizer = %s, whose one step is by the mean gradient of all workers, which leaves no token alone: set it to adam",
            params.getSynchronizer()));
  }

  /**
   * What decides the prepared rows.
   *
   * @param order the column that orders them, or empty
   */
  public FramePlan frames(Map<String, String> roles, String order) {
    boolean marked = params.isDefined(params.validationIndicatorCol());
    SplitPlan splits =
        marked
            ? new SplitPlan.ByFile(Split.TRAIN, Split.VALIDATION, "")
            : new SplitPlan.ByFraction(GIVEN, params.getValidationFraction(), 0);
    return new FramePlan(
        SourcePlan.of(GIVEN),
        splits,
        roles,
        order,
        params.getHandleInvalid().equals("error") ? InvalidRows.REJECT : InvalidRows.SKIP,
        FramePlan.PARTS,
        params.getSeed());
  }

  public RecurrentStack stack(boolean bidirectional) {
    return new RecurrentStack(
        CellSpec.of(params.getCell(), params.getHiddenSize()),
        params.getNumLayers(),
        params.getDropout(),
        false,
        bidirectional);
  }

  /** The schedule: an epoch is a whole number of rounds, and is evaluated at its end. */
  public record Epochs(TrainingPlan plan, int rounds) {}

  /**
   * For a dataset of that size.
   *
   * @param order in which it is read
   * @param unroll steps of a minibatch, at most
   */
  public Epochs training(Dataset data, DataOrder order, int unroll) {
    TrainingPlan plan =
        TrainingPlan.defaults()
            .with(
                p ->
                    p.seed(params.getSeed())
                        .shards(params.getNumWorkers())
                        .order(order)
                        .batch(params.getBatchSize(), unroll)
                        .clip(ClipPlan.ofNorm(params.getClipNorm()))
                        .optimizer(params.getSolver(), params.getLearningRate())
                        .synchronizer(params.getSynchronizer())
                        .patience(params.getNumEarlyStoppingRounds())
                        .precision(params.getPrecision()));
    long minibatches = Math.max(1, plan.minibatchesPerEpoch(data));
    int rounds = Math.toIntExact(ceiling(minibatches, params.getSyncEvery()));
    int all = rounds(params.getMaxIter(), rounds);
    return new Epochs(
        plan.with(
            p ->
                p.rounds(all)
                    .minibatches(Math.toIntExact(ceiling(minibatches, rounds)))
                    .evaluateEvery(rounds)
                    .checkpointEvery(interval(rounds))),
        rounds);
  }

  private static int rounds(int epochs, int each) {
    ValueException.unless(
        (long) epochs * each <= Integer.MAX_VALUE,
        "maxIter",
        epochs,
        String.format(
            Locale.ROOT,
            "with %d rounds in each epoch it may be at most %d; lower it, or raise syncEvery",
            each,
            Integer.MAX_VALUE / each));
    return epochs * each;
  }

  /** Rounds between checkpoints; 0 for none but the last one. */
  private int interval(int each) {
    long rounds = (long) params.getCheckpointInterval() * each;
    return (int) Math.max(0, Math.min(rounds, Integer.MAX_VALUE));
  }

  private static long ceiling(long all, long each) {
    return (all + each - 1) / each;
  }
}
