package org.rondo.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.rondo.driver.output.OutputOwner;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.Dataset;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.models.Network;
import org.rondo.training.Carrier;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.checkpoint.CheckpointStore;
import org.rondo.training.checkpoint.CheckpointWriter;
import org.rondo.training.checkpoint.CommonState;
import org.rondo.training.checkpoint.FoundCheckpoint;
import org.rondo.training.checkpoint.RateCheck;
import org.rondo.training.checkpoint.ResumeCheck;
import org.rondo.training.checkpoint.RunState;
import org.rondo.training.events.StopRequest;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.End;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.Storage;
import org.rondo.training.timing.RoundTimes;
import org.rondo.training.timing.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop over rounds: trains all shards through a {@link Carrier}, takes the synchronizer's step
 * from there to the next common parameters, and every so often evaluates, keeps the best
 * parameters, and writes a checkpoint from which a run goes on with the same bits. For one run.
 */
public final class DistributedTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(DistributedTrainer.class);

  private final Carrier carrier;
  private final Storage output;
  private final Optional<OutputOwner> ownerOfCaller;
  private final TrainingListener listener;
  private final StopRequest stop;
  private final CheckpointStore store;
  private TrainingJob job;
  private TrainingPlan plan;
  private Dataset dataset;
  private CheckpointWriter writer;
  private String fingerprint;
  private RunState run = RunState.initial();
  private CommonState common;
  private RoundsAhead rounds;
  private Optional<float[]> initial = Optional.empty();

  /**
   * Logs how it goes, and stops early only as the plan says.
   *
   * @param carrier of the job; the caller closes it
   * @param output folder of the run; checkpoints go below it
   */
  public DistributedTrainer(Carrier carrier, Storage output) {
    this(carrier, output, TrainingListener.LOG, () -> false);
  }

  /**
   * Owns the output while it trains, see {@link OutputOwner}.
   *
   * @param carrier of the job; the caller closes it
   * @param output folder of the run; checkpoints go below it
   * @param stopRequested asked after each round; when true, the run writes a checkpoint and ends
   */
  public DistributedTrainer(
      Carrier carrier, Storage output, TrainingListener listener, BooleanSupplier stopRequested) {
    this(carrier, output, Optional.empty(), listener, StopRequest.when(stopRequested));
  }

  /**
   * As above, for a run that may be asked to end for several reasons, by a caller that owns the
   * output already.
   *
   * @param owner stays the caller's to close
   * @param stop asked after each round
   */
  public DistributedTrainer(
      Carrier carrier,
      Storage output,
      OutputOwner owner,
      TrainingListener listener,
      StopRequest stop) {
    this(carrier, output, Optional.of(owner), listener, stop);
  }

  private DistributedTrainer(
      Carrier carrier,
      Storage output,
      Optional<OutputOwner> owner,
      TrainingListener listener,
      StopRequest stop) {
    this.carrier = carrier;
    this.output = output;
    ownerOfCaller = owner;
    this.listener = listener;
    this.stop = stop;
    store = new CheckpointStore(output);
  }

  /**
   * Has {@link #train} begin with these parameters instead of fresh ones.
   *
   * @param parameters as the network's layout says
   * @return this
   */
  public DistributedTrainer beginningWith(float[] parameters) {
    initial = Optional.of(parameters);
    return this;
  }

  /** Asks for the job, whose precision may be for executors to decide: by a job of Spark's. */
  private void open() {
    job = carrier.job();
    plan = job.plan();
    dataset = job.dataset().open();
  }

  /**
   * Trains from fresh parameters to the last round, to early stopping or to a stop request.
   *
   * @throws IllegalArgumentException if the output folder holds checkpoints already, or a run that
   *     goes on owns it
   * @throws IngestException if a split has too little, or the network takes other inputs or targets
   * @throws TrainingException if training cannot go on; the last good checkpoint stays
   */
  public TrainingResult train() {
    return owning(this::trainOwned);
  }

  private TrainingResult owning(Function<OutputOwner, TrainingResult> training) {
    if (ownerOfCaller.isPresent()) {
      return training.apply(ownerOfCaller.get());
    }
    try (OutputOwner owner = OutputOwner.take(output, LOG::info)) {
      return training.apply(owner);
    }
  }

  private TrainingResult trainOwned(OutputOwner owner) {
    Optional<Checkpoint> earlier =
        store.newestRound().requireSomeWhole().or(() -> store.newestBest().requireSomeWhole());
    if (earlier.isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "train: %s is the checkpoint of an earlier run; resume it, or choose another output",
              earlier.get().folder().uri()));
    }
    open();
    float[] parameters =
        initial.orElseGet(() -> Network.initialParameters(job.network(), plan.seed()));
    return runRounds(owner, CommonState.initial(job, parameters), Optional.empty(), List.of());
  }

  /**
   * Goes on after the newest checkpoint; where nothing but the number of rounds changed, with the
   * bits of a run that never stopped.
   *
   * @throws CheckpointException if there is no checkpoint, or it is damaged
   * @throws IngestException if the dataset is another one
   * @throws IllegalArgumentException if the plan is another one
   * @throws TrainingException if training cannot go on; the last good checkpoint stays
   */
  public TrainingResult resume() {
    return owning(owner -> resume(owner, false));
  }

  /**
   * As {@link #resume}, but the job may have another number of shards than the checkpoint: then the
   * parameters, what the synchronizer remembers and the run's state go on, and the shards' states
   * begin anew, which the checkpoints after it tell.
   */
  public TrainingResult resumeResharded() {
    return owning(owner -> resume(owner, true));
  }

  private TrainingResult resume(OutputOwner owner, boolean reshard) {
    var differences = new ArrayList<String>();
    FoundCheckpoint found =
        store.newestRound(
            checkpoint -> {
              differences.clear();
              differences.addAll(restore(checkpoint, reshard));
            });
    Checkpoint checkpoint =
        found
            .requireSomeWhole()
            .orElseThrow(
                () ->
                    new CheckpointException(
                        "resume: there is no checkpoint yet in " + output.uri()));
    var warnings = new ArrayList<String>(found.warnings());
    warnings.addAll(differences);
    return runRounds(owner, common, Optional.of(checkpoint), warnings);
  }

  /** Reads all that the run goes on from; hands back what of it will not be as before. */
  private List<String> restore(Checkpoint checkpoint, boolean reshard) {
    checkpoint.requireResumable();
    if (job == null) {
      open();
    }
    // Kernels are compared later, when the workers have told theirs.
    List<String> differences =
        ResumeCheck.warnings(checkpoint, job, dataset, checkpoint.fingerprint(), reshard);
    run = checkpoint.run().state();
    int before = checkpoint.run().plan().shards();
    if (before == plan.shards()) {
      carrier.restoreStates(checkpoint.folder(), checkpoint.states());
    } else {
      run = run.resharded(before, plan.shards());
    }
    common = CommonState.restored(job, checkpoint);
    return differences;
  }

  private TrainingResult runRounds(
      OutputOwner owner, CommonState from, Optional<Checkpoint> earlier, List<String> resumed) {
    try (from;
        var ahead = new RoundsAhead(carrier)) {
      common = from;
      rounds = ahead;
      return runRounds(owner, earlier, resumed);
    }
  }

  private TrainingResult runRounds(
      OutputOwner owner, Optional<Checkpoint> earlier, List<String> resumed) {
    var warnings = new ArrayList<String>(resumed);
    warnings.addAll(plan.kernels().fallbacks());
    plan.kernels().slowPrecision().ifPresent(warnings::add);
    warnings.addAll(RateCheck.warnings(plan, run));
    Deal dealt = job.requireTokens(dataset);
    fingerprint = carrier.requireEqualKernels();
    earlier.flatMap(from -> ResumeCheck.otherKernels(from, fingerprint)).ifPresent(warnings::add);
    writer = new CheckpointWriter(store, job, dataset, fingerprint, listener);
    listener.on(
        new TrainingEvent.Started(
            run.round() + 1,
            plan.rounds().count(),
            plan.shards(),
            common.parameterCount(),
            carrier.description(),
            fingerprint,
            dealt.leftover(),
            warnings,
            dealt.remarks()));
    Optional<End> end = run.end(plan);
    while (end.isEmpty()) {
      Optional<End> asked = trainRound();
      owner.requireNotLost();
      if (isEvaluated(run.round())) {
        evaluate(owner);
      }
      end = run.end(plan).or(() -> asked).or(rounds.isAhead() ? Optional::empty : stop::reason);
      if (end.isPresent() || isCheckpointDue(run.round())) {
        owner.requireHeld();
        String path = writer.writeRound(run, common, carrier);
        listener.on(new TrainingEvent.CheckpointWritten(run.round(), path, false));
      }
    }
    listener.on(new TrainingEvent.Finished(run.round(), end.get()));
    return TrainingResult.of(run, end.get(), common.evaluated(), store, job.metrics());
  }

  private Round round(int number, long firstStep) {
    return new Round(
        number,
        firstStep,
        plan,
        run.learningRateScale(),
        job.trainingWorkspace(dataset),
        fingerprint);
  }

  /**
   * Trains a round; where steps are late, the shards then go on with the next one, unless something
   * is to be done between the two.
   *
   * @return why the run is to end, if it was asked already
   */
  private Optional<End> trainRound() {
    int number = run.round() + 1;
    Round round = round(number, run.minibatches());
    WallClock clock = WallClock.start();
    Supplier<RoundResult> trained = rounds.train(round, common.vector());
    Optional<End> asked = Optional.empty();
    if (plan.sync().isDelayed()) {
      asked = stop.reason();
      if (asked.isEmpty() && !isEvaluated(number) && !isCheckpointDue(number)) {
        rounds.begin(
            round(number + 1, run.minibatches() + round.minibatches()), common.following());
      }
    }
    RoundResult result = trained.get();
    double carried = clock.seconds();
    common.advance(round, result);
    if (plan.sync().isDelayed()) {
      carrier.announce(common.following());
    }
    double seconds = clock.seconds();
    RoundTimes times = result.times().withOuter(seconds - carried);
    run = run.trained(round.minibatches(), result.tokens(), seconds);
    common.average(run.averagedRounds());
    listener.on(
        new TrainingEvent.RoundFinished(
            number,
            plan.rounds().count(),
            result.trainLoss(),
            result.tokens(),
            seconds,
            result.tokens() / seconds,
            round.learningRate(round.lastStep()),
            result.gradientNorm(),
            Math.max(result.clippedShare(), common.clippedShare())));
    listener.on(new TrainingEvent.RoundMeasured(number, times, result.shards()));
    if (plan.diagnostics().gradients()) {
      listener.on(new TrainingEvent.GradientsMeasured(number, result.gradientFlow()));
    }
    return asked;
  }

  private void evaluate(OutputOwner owner) {
    float[] parameters = common.evaluated();
    Scores scores = carrier.evaluate(Split.VALIDATION, parameters);
    if (!Double.isFinite(scores.loss())) {
      throw common.diverged(plan, run.round(), scores.loss());
    }
    run = run.evaluated(scores.all(), plan);
    listener.on(TrainingEvent.Evaluated.of(run.round(), scores, run.foundBest()));
    if (run.foundBest()) {
      owner.requireHeld();
      String path = writer.writeBest(run, parameters);
      listener.on(new TrainingEvent.CheckpointWritten(run.round(), path, true));
    }
  }

  private boolean isEvaluated(int round) {
    return round >= plan.rounds().count() || round % plan.evaluation().every() == 0;
  }

  private boolean isCheckpointDue(int round) {
    int every = plan.checkpoint().every();
    return every > 0 && round % every == 0;
  }
}
