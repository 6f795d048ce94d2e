package org.rondo.training.checkpoint;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.evaluation.Score;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.StopRequest;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.storage.Require;

/**
 * What the loop over rounds carries, beside parameters and shard states: with it, a resumed run
 * decides as the uninterrupted one.
 *
 * @param round the last one trained; 0 = none
 * @param minibatches trained so far per shard, waiting ones included
 * @param idleRounds rounds in which no shard met a target; 0 in a checkpoint that knows no such
 *     count
 * @param tokens targets trained so far by all shards
 * @param seconds that the rounds took; evaluation and checkpoints excluded
 * @param learningRateScale product of the plateau schedule's drops
 * @param bestScore best value of the metric that decides, on the validation split; infinite before
 *     the first evaluation. Once it was called the best loss
 * @param bestScores of all metrics when it was measured; empty in a checkpoint that knows no others
 * @param bestRound when it was measured; 0 = never
 * @param sinceBest evaluations since then, for early stopping
 * @param sinceDrop evaluations since then or since the last drop, for the plateau schedule
 * @param averageFrom the round after which parameters are averaged, see {@link
 *     EvaluationPlan#averageAfter}; 0 = not yet
 * @param reshardings changes of the number of shards, the latest last
 */
public record RunState(
    int round,
    long minibatches,
    @JsonProperty(defaultValue = "0") int idleRounds,
    long tokens,
    double seconds,
    double learningRateScale,
    @JsonAlias("bestLoss") double bestScore,
    @JsonProperty(defaultValue = "[]") List<Score> bestScores,
    int bestRound,
    int sinceBest,
    int sinceDrop,
    @JsonProperty(defaultValue = "0") int averageFrom,
    List<Resharding> reshardings) {
  public RunState {
    reshardings = List.copyOf(reshardings);
    bestScores = List.copyOf(bestScores);
    count("round", round);
    count("minibatches", minibatches);
    count("idleRounds", idleRounds);
    count("tokens", tokens);
    count("bestRound", bestRound);
    count("sinceBest", sinceBest);
    count("sinceDrop", sinceDrop);
    range("idleRounds", idleRounds, idleRounds <= round, "at most round = " + round);
    range("bestRound", bestRound, bestRound <= round, "at most round = " + round);
    range("sinceBest", sinceBest, sinceBest <= round, "at most round = " + round);
    range("sinceDrop", sinceDrop, sinceDrop <= round, "at most round = " + round);
    range(
        "averageFrom",
        averageFrom,
        averageFrom >= 0 && averageFrom <= round,
        "from 0 to round = " + round);
    range("seconds", seconds, seconds >= 0 && Double.isFinite(seconds), "a number >= 0");
    range(
        "learningRateScale",
        learningRateScale,
        learningRateScale >= 0 && learningRateScale <= 1,
        "in [0,1]");
    range(
        "bestScore",
        bestScore,
        bestRound == 0 ? bestScore == Double.POSITIVE_INFINITY : Double.isFinite(bestScore),
        bestRound == 0 ? "infinite, as bestRound = 0" : "a finite number");
    for (Resharding each : reshardings) {
      range("reshardings", each, each.round() <= round, "of rounds up to " + round);
    }
  }

  private static void count(String field, long value) {
    range(field, value, value >= 0, ">= 0");
  }

  private static void range(String field, Object value, boolean holds, String expected) {
    Require.that(
        holds, String.format(Locale.ROOT, "%s must be %s, got %s", field, expected, value));
  }

  /** Before the first round. */
  public static RunState initial() {
    return new RunState(
        0, 0, 0, 0, 0, 1, Double.POSITIVE_INFINITY, List.of(), 0, 0, 0, 0, List.of());
  }

  /** After one more round. */
  public RunState trained(int roundMinibatches, long roundTokens, double roundSeconds) {
    return new RunState(
        round + 1,
        minibatches + roundMinibatches,
        idleRounds + (roundTokens == 0 ? 1 : 0),
        tokens + roundTokens,
        seconds + roundSeconds,
        learningRateScale,
        bestScore,
        bestScores,
        bestRound,
        sinceBest,
        sinceDrop,
        averageFrom,
        reshardings);
  }

  /**
   * After an evaluation of the present round's parameters.
   *
   * @param scores the one that decides first
   */
  public RunState evaluated(List<Score> scores, TrainingPlan plan) {
    SchedulePlan schedule = plan.update().schedule();
    Score score = scores.get(0);
    boolean first = bestRound == 0 && Double.isFinite(score.value());
    if (first || (bestRound > 0 && score.isBetterThan(bestScore))) {
      return new RunState(
          round,
          minibatches,
          idleRounds,
          tokens,
          seconds,
          learningRateScale,
          score.value(),
          scores,
          round,
          0,
          0,
          averageFrom,
          reshardings);
    }
    boolean drop =
        schedule.name().equals(SchedulePlan.PLATEAU) && sinceDrop + 1 >= schedule.patience();
    int averageAfter = plan.evaluation().averageAfter();
    boolean averages = averageFrom == 0 && averageAfter > 0 && sinceBest + 1 >= averageAfter;
    double scale =
        drop
            ? Math.max(schedule.minimum(), learningRateScale * schedule.factor())
            : learningRateScale;
    return new RunState(
        round,
        minibatches,
        idleRounds,
        tokens,
        seconds,
        scale,
        bestScore,
        bestScores,
        bestRound,
        sinceBest + 1,
        drop ? 0 : sinceDrop + 1,
        averages ? round : averageFrom,
        reshardings);
  }

  /** Going on with another number of shards. */
  public RunState resharded(int from, int to) {
    var all = new ArrayList<>(reshardings);
    all.add(new Resharding(round, from, to));
    return new RunState(
        round,
        minibatches,
        idleRounds,
        tokens,
        seconds,
        learningRateScale,
        bestScore,
        bestScores,
        bestRound,
        sinceBest,
        sinceDrop,
        averageFrom,
        all);
  }

  /** Rounds whose parameters are averaged. */
  public int averagedRounds() {
    return averageFrom == 0 ? 0 : round - averageFrom;
  }

  /** Outer steps taken: one per round with a target. */
  long outerSteps() {
    return (long) round - idleRounds;
  }

  /** Whether the last evaluation found the best parameters so far. */
  public boolean foundBest() {
    return round > 0 && bestRound == round;
  }

  /**
   * Why a run ends after this round by itself; empty if it goes on unless a {@link StopRequest}
   * ends it.
   */
  public Optional<TrainingEvent.End> end(TrainingPlan plan) {
    if (exhausted(plan.evaluation())) {
      return Optional.of(TrainingEvent.End.STOPPED_EARLY);
    }
    if (round >= plan.rounds().count()) {
      return Optional.of(TrainingEvent.End.COMPLETED);
    }
    return Optional.empty();
  }

  /** Whether early stopping has lost its patience. */
  public boolean exhausted(EvaluationPlan plan) {
    return plan.patience() > 0 && sinceBest >= plan.patience();
  }

  /** Targets per second of the rounds so far; 0 before the first. */
  public double tokensPerSecond() {
    return seconds > 0 ? tokens / seconds : 0;
  }
}
