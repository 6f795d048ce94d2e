package org.rondo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.evaluation.Score;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.IngestException;
import org.rondo.models.Network;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.Round;
import org.rondo.training.RoundResult;
import org.rondo.training.ShardTiming;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.CheckpointWritten;
import org.rondo.training.events.TrainingEvent.End;
import org.rondo.training.events.TrainingEvent.Evaluated;
import org.rondo.training.events.TrainingEvent.Finished;
import org.rondo.training.events.TrainingEvent.RoundFinished;
import org.rondo.training.events.TrainingEvent.RoundMeasured;
import org.rondo.training.events.TrainingEvent.Started;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.SyncPlan;

class DistributedTrainerTest {
  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void prepare() {
    run = new TinyRun(folder);
  }

  @Test
  void lossFallsAndEventsComeInOrder() {
    var events = new ArrayList<TrainingEvent>();
    TrainingResult result = run.onThreads(TinyRun.plan(2), "events", events);

    // 8 rounds, an evaluation every 2, a checkpoint every 3 and after the last.
    assertThat(events.get(0)).isInstanceOf(Started.class);
    assertThat(of(events, RoundFinished.class)).hasSize(8);
    assertThat(of(events, Evaluated.class))
        .extracting(Evaluated::round)
        .containsExactly(2, 4, 6, 8);
    assertThat(of(events, CheckpointWritten.class))
        .filteredOn(c -> !c.best())
        .extracting(CheckpointWritten::round)
        .containsExactly(3, 6, 8);
    assertThat(events.get(events.size() - 1)).isEqualTo(new Finished(8, End.COMPLETED));
    List<RoundFinished> rounds = of(events, RoundFinished.class);
    assertThat(rounds.get(7).trainLoss()).isLessThan(0.8 * rounds.get(0).trainLoss());
    // 2 shards x 3 minibatches x 4 sequences x 6 steps.
    assertThat(rounds).allMatch(r -> r.tokens() == 144);
    assertThat(result.tokens()).isEqualTo(8 * 144);
  }

  @Test
  void everyRoundSaysWhereItsTimeWentAndWhatEachShardDid() {
    var events = new ArrayList<TrainingEvent>();
    run.onThreads(TinyRun.plan(2), "measured", events);

    List<RoundMeasured> measured = of(events, RoundMeasured.class);
    List<RoundFinished> rounds = of(events, RoundFinished.class);
    assertThat(measured).extracting(RoundMeasured::round).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    for (int i = 0; i < measured.size(); i++) {
      RoundMeasured m = measured.get(i);
      assertThat(m.times().compute()).isPositive();
      assertThat(m.times().total()).isLessThanOrEqualTo(rounds.get(i).seconds());
      assertThat(m.shards()).extracting(ShardTiming::shard).containsExactly(0, 1);
      assertThat(m.shards())
          .allMatch(s -> s.seconds() > 0 && s.seconds() <= m.times().compute())
          .allMatch(s -> s.executor().startsWith("thread "))
          .allMatch(s -> s.tokens() == 72);
      double loss = m.shards().stream().mapToDouble(ShardTiming::loss).average().orElseThrow();
      // Equal shards; the round's loss is the sum over both, divided once.
      assertThat(loss).isCloseTo(rounds.get(i).trainLoss(), within(1e-12));
    }
  }

  @Test
  void bestCheckpointHoldsTheParametersOfTheLowestLoss() {
    TrainingPlan plan = TinyRun.plan(2);
    TrainingResult result = run.onThreads(plan, "best");
    Checkpoint best =
        Checkpoint.open(
            new org.apache.hadoop.fs.Path(result.bestCheckpoint().orElseThrow()),
            new Configuration());

    TrainingJob job = run.job(plan);
    try (Carrier carrier = new ThreadCarrier(job)) {
      Scores scores = carrier.evaluate("validation", best.parameters());
      assertThat(scores.all()).isEqualTo(result.scores());
      assertThat(scores.loss()).isEqualTo(result.validationLoss());
    }
  }

  @Test
  void twoShardsDifferFromOne() {
    TrainingResult one = run.onThreads(TinyRun.plan(1), "one");
    TrainingResult two = run.onThreads(TinyRun.plan(2), "two");

    assertThat(two.parametersSha256()).isNotEqualTo(one.parametersSha256());
  }

  @Test
  void evaluationDoesNotDependOnTheShards() {
    TrainingJob one = run.job(TinyRun.plan(1));
    TrainingJob three = run.job(TinyRun.plan(3));
    try (Carrier first = new ThreadCarrier(one);
        Carrier second = new ThreadCarrier(three)) {
      float[] parameters = Network.initialParameters(one.network(), 1);
      assertThat(first.evaluate("validation", parameters))
          .isEqualTo(second.evaluate("validation", parameters));
    }
  }

  @Test
  void earlyStoppingEndsTheRunAfterItsPatience() {
    TrainingPlan patient = withEvaluation(TinyRun.plan(1), new EvaluationPlan(1, 4, 2, 2));
    var events = new ArrayList<TrainingEvent>();
    TrainingResult result = train(patient, new ScriptedLosses(3, 2, 2.5, 2.5, 1), "early", events);

    assertThat(result.rounds()).isEqualTo(4);
    assertThat(result.validationLoss()).isEqualTo(2);
    assertThat(result.interrupted()).isFalse();
    assertThat(events.get(events.size() - 1)).isEqualTo(new Finished(4, End.STOPPED_EARLY));
    assertThat(of(events, Evaluated.class))
        .extracting(Evaluated::best)
        .containsExactly(true, true, false, false);
  }

  @Test
  void plateauLowersTheRateOfTheRoundsAfterIt() {
    TrainingPlan plan = withEvaluation(TinyRun.plan(1), new EvaluationPlan(1, 4, 2, 0));
    var losses = new ScriptedLosses(3, 3, 2, 2, 2, 1, 1, 1);
    var events = new ArrayList<TrainingEvent>();
    train(plan, losses, "plateau", events);

    // Patience 1, factor 0.5: after rounds 2, 4 and 5; the warm-up is over by then.
    assertThat(of(events, RoundFinished.class).subList(2, 6))
        .extracting(RoundFinished::learningRate)
        .containsExactly(0.01, 0.01, 0.005, 0.0025);
  }

  @Test
  void validationLossThatIsNoNumberEndsTheRunAndKeepsTheLastCheckpoint() {
    TrainingPlan plan = withEvaluation(TinyRun.plan(1), new EvaluationPlan(4, 4, 2, 0));

    assertThatThrownBy(() -> train(plan, new ScriptedLosses(Double.NaN), "nan", new ArrayList<>()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("round 4: the validation loss is NaN");
    Path last = folder.resolve("nan/checkpoints/round-000003/manifest.json");
    assertThat(last).exists();
  }

  /** Round 1 is neither evaluated nor written: its mean is not taken before round 2 has begun. */
  @Test
  void shardsTrainTheNextRoundWhileALateStepIsTaken() {
    TrainingPlan plan =
        withEvaluation(TinyRun.plan(2), new EvaluationPlan(2, 4, 2, 0))
            .with(p -> p.sync(SyncPlan.AVERAGE.withDelay(1)).rounds(2));
    var losses = new ScriptedLosses(1);
    losses.waits = true;

    train(plan, losses, "late", new ArrayList<>());

    assertThat(losses.second.getCount()).isZero();
  }

  /** With late steps as without: each round is evaluated, so that none is begun before. */
  @Test
  void aStopThatIsAskedForAtTheEndOfARoundEndsTheRunThere() {
    TrainingPlan plan =
        withEvaluation(TinyRun.plan(2), new EvaluationPlan(1, 4, 2, 0))
            .with(p -> p.sync(SyncPlan.AVERAGE.withDelay(1)).rounds(3));
    var events = new ArrayList<TrainingEvent>();
    BooleanSupplier stop = () -> !of(events, RoundFinished.class).isEmpty();
    try (Carrier carrier = new ThreadCarrier(run.job(plan))) {
      new DistributedTrainer(carrier, run.output("asked"), events::add, stop).train();
    }

    assertThat(of(events, RoundFinished.class)).hasSize(1);
  }

  @Test
  void tooFewTokensAreRefusedBeforeTheFirstRound() {
    TrainingPlan plan = TinyRun.plan(500);

    assertThatThrownBy(() -> run.onThreads(plan, "few"))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("500 x 4 x 6 + 1 = 12001 are needed");
  }

  @Test
  void kernelsOfWorkersThatDifferAreRefusedBeforeTheFirstRound() {
    var strangers = new ScriptedLosses(1, 1, 1, 1);
    strangers.fingerprint = "strange";

    assertThatThrownBy(() -> train(TinyRun.plan(1), strangers, "mixed", new ArrayList<>()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("a worker: kernels differ, so bits would: here strange");
  }

  private TrainingResult train(
      TrainingPlan plan, ScriptedLosses losses, String output, List<TrainingEvent> events) {
    TrainingJob job = run.job(plan);
    TrainingListener listener = events::add;
    try (Carrier carrier = losses.over(new ThreadCarrier(job))) {
      return new DistributedTrainer(carrier, run.output(output), listener, () -> false).train();
    }
  }

  private static TrainingPlan withEvaluation(TrainingPlan plan, EvaluationPlan evaluation) {
    return plan.with(p -> p.evaluation(evaluation).checkpoint(new CheckpointPlan(3, 1, 0)));
  }

  private static <E extends TrainingEvent> List<E> of(List<TrainingEvent> events, Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** A carrier that trains, but whose evaluations come from a list. */
  private static final class ScriptedLosses implements Carrier {
    private final double[] losses;
    private int next;
    private String fingerprint;
    private boolean waits;
    private final CountDownLatch second = new CountDownLatch(1);
    private Carrier carrier;

    ScriptedLosses(double... losses) {
      this.losses = losses;
    }

    Carrier over(Carrier carrier) {
      this.carrier = carrier;
      return this;
    }

    @Override
    public String description() {
      return carrier.description();
    }

    @Override
    public TrainingJob job() {
      return carrier.job();
    }

    @Override
    public List<String> fingerprints() {
      return fingerprint == null ? carrier.fingerprints() : List.of(fingerprint);
    }

    @Override
    public RoundResult run(Round round, float[] parameters) {
      return carrier.run(round, parameters);
    }

    @Override
    public Supplier<RoundResult> train(Round round, float[] parameters) {
      if (round.number() == 2) {
        second.countDown();
      }
      RoundResult result = carrier.run(round, parameters);
      return () -> {
        await(waits);
        return result;
      };
    }

    private void await(boolean waiting) {
      try {
        assertThat(!waiting || second.await(1, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Scores evaluate(String split, float[] parameters) {
      double loss = losses[next++];
      return new Scores(loss, 1, List.of(new Score("loss", loss, false)), Map.of());
    }

    @Override
    public List<FileEntry> writeStates(Storage folder) {
      return carrier.writeStates(folder);
    }

    @Override
    public void restoreStates(Storage folder, List<FileEntry> files) {
      carrier.restoreStates(folder, files);
    }

    @Override
    public void close() {
      carrier.close();
    }
  }
}
