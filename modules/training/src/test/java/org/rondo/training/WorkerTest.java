package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.evaluation.PartSums;
import org.rondo.ingest.Shard;
import org.rondo.ingest.Split;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.optimizers.UpdatePlan;
import org.rondo.training.workspace.WorkspaceKey;

class WorkerTest {
  @TempDir Path folder;
  private TrainingJob job;
  private Shard shard;
  private float[] parameters;

  @BeforeEach
  void prepare() {
    job = TinyJob.of(folder, TinyJob.text(), TinyJob.plan(1, "sgd"));
    shard = TinyJob.shard(job, 0);
    parameters = Network.initialParameters(job.network(), 5);
  }

  /** 40 rounds wrap the shard's end more than once. */
  @Test
  void oneShardEqualsPlainTrainingBitForBit() {
    int rounds = 40;
    assertThat((long) rounds * job.plan().rounds().syncEvery())
        .isGreaterThan(2 * shard.minibatches());
    WorkerState state = WorkerState.initial(0);
    float[] trained = parameters;
    for (int r = 1; r <= rounds; r++) {
      WorkerResult result = Worker.work(trained, state, shard, TinyJob.round(job, r));
      state = result.state();
      trained = result.contribution();
    }

    assertThat(trained).isEqualTo(plainTraining(rounds * job.plan().rounds().syncEvery()));
  }

  /** Stochastic gradient descent as one would write it without shards, rounds and carriers. */
  private float[] plainTraining(int steps) {
    TrainingPlan plan = job.plan();
    Kernels kernels = Kernels.best();
    Elementwise passes = kernels.elementwise();
    var minibatch = new Minibatch(plan.rounds().unroll(), plan.rounds().batch());
    try (var network =
        new Network(
            job.network(),
            kernels,
            plan.kernels().elementType(),
            plan.rounds().unroll(),
            plan.rounds().batch())) {
      network.parameters().set(parameters);
      network.parametersChanged();
      HiddenState hidden = network.newState();
      Shard.Reader text = shard.reader();
      for (int step = 0; step < steps; step++) {
        if (step % shard.minibatches() == 0) {
          hidden.reset();
        }
        text.fill(minibatch, step);
        CounterRandom random = CounterRandom.of(plan.seed()).derive("dropout").derive(0);
        network.lossAndGradient(minibatch, hidden, random.derive(step));
        Gradient gradient = network.gradient();
        double squares = 0;
        for (int i = 0; i < gradient.rangeCount(); i++) {
          squares +=
              passes.sumOfSquares(
                  gradient.values(), gradient.rangeFrom(i), gradient.rangeLength(i));
        }
        double norm = Math.sqrt(squares);
        float scale =
            norm > plan.update().clip().norm() ? (float) (plan.update().clip().norm() / norm) : 1f;
        float factor = -((float) plan.update().optimizer().learningRate() * scale);
        passes.addScaled(
            gradient.values(), factor, network.parameters().values(), 0, parameters.length);
        network.parametersChanged();
      }
      return network.parameters().toArray();
    }
  }

  /** One sequence, one step, and as many steps as anybody unrolls. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "3, 1", "1, 5000"})
  void extremeShapesTrain(int batch, int unroll) {
    TrainingPlan plan = job.plan().with(p -> p.rounds(new RoundPlan(1, 2, batch, unroll)));
    TrainingJob extreme = TinyJob.of(folder, TinyJob.text().repeat(12), plan);

    WorkerResult result =
        Worker.work(
            parameters,
            WorkerState.initial(0),
            TinyJob.shard(extreme, 0),
            TinyJob.round(extreme, 1));

    long epoch = TinyJob.corpus(extreme).tokens(Split.TRAIN) - 1;
    assertThat(result.report().tokens()).isEqualTo(Math.min(2L * batch * unroll, epoch));
    // Fresh parameters are nearly indifferent between the vocabulary's symbols.
    double indifferent = Math.log(extreme.network().head().outputs());
    assertThat(result.report().lossSum() / result.report().tokens())
        .isCloseTo(indifferent, within(0.1 * indifferent));
    assertThat(result.contribution()).isNotEqualTo(parameters);
    assertThat(result.state().hidden()).hasSize(2 * 8 * batch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "nesterov", "adam", "adamw"})
  void workIsAPureFunction(String optimizer) {
    TrainingJob one = new TrainingJob(job.network(), TinyJob.plan(2, optimizer), job.dataset());
    Shard first = TinyJob.shard(one, 0);
    Shard second = TinyJob.shard(one, 1);
    Round round = TinyJob.round(one, 1);
    WorkerState trained = Worker.work(parameters, WorkerState.initial(0), first, round).state();

    WorkerResult once = Worker.work(parameters, trained, first, round);
    Worker.work(parameters, WorkerState.initial(1), second, round);
    WorkerResult again = Worker.work(parameters, trained, first, round);

    assertThat(again.contribution()).isEqualTo(once.contribution());
    assertThat(again.state().hidden()).isEqualTo(once.state().hidden());
    assertThat(again.state().slots()).hasSize(Optimizer.named(optimizer).slots());
    for (int i = 0; i < again.state().slots().size(); i++) {
      assertThat(again.state().slots().get(i)).isEqualTo(once.state().slots().get(i));
    }
    assertThat(trained.steps()).isEqualTo(one.plan().rounds().syncEvery());
    assertThat(once.state().steps()).isEqualTo(2L * one.plan().rounds().syncEvery());
  }

  @Test
  void gradientsThroughTimeAreMeasuredByTheFirstShardBeforeItsFirstStep() {
    TrainingPlan plan = job.plan().with(p -> p.diagnostics(new DiagnosticsPlan(true)));
    var measuring = new TrainingJob(job.network(), plan, job.dataset());
    Round round = TinyJob.round(measuring, 1);

    WorkerResult first = Worker.work(parameters, WorkerState.initial(0), shard, round);
    WorkerResult second = Worker.work(parameters, WorkerState.initial(1), shard, round);
    WorkerResult quiet =
        Worker.work(parameters, WorkerState.initial(0), shard, TinyJob.round(job, 1));

    var minibatch = new Minibatch(plan.rounds().unroll(), plan.rounds().batch());
    shard.reader().fill(minibatch, 0);
    CounterRandom step = CounterRandom.of(plan.seed()).derive("dropout").derive(0).derive(0);
    try (var network =
        new Network(
            job.network(),
            Kernels.best(),
            plan.kernels().elementType(),
            minibatch.steps(),
            minibatch.batch())) {
      network.parameters().set(parameters);
      network.parametersChanged();
      assertThat(first.report().gradientFlow())
          .isEqualTo(network.gradientFlow(minibatch, network.newState(), step, 0));
    }
    assertThat(second.report().gradientFlow()).isEmpty();
    assertThat(quiet.report().gradientFlow()).isEmpty();
    assertThat(first.contribution()).isEqualTo(quiet.contribution());
    assertThat(first.report().lossSum()).isEqualTo(quiet.report().lossSum());
  }

  @Test
  void dropoutDependsOnTheShard() {
    WorkerResult first =
        Worker.work(parameters, WorkerState.initial(0), shard, TinyJob.round(job, 1));
    WorkerResult second =
        Worker.work(parameters, WorkerState.initial(1), shard, TinyJob.round(job, 1));

    assertThat(second.contribution()).isNotEqualTo(first.contribution());
  }

  @Test
  void parametersThatAreNoNumbersAreNamedWithThePlaceOfTheStep() {
    parameters[parameters.length - 1] = Float.NaN;
    WorkerState state = WorkerState.initial(3);

    assertThatThrownBy(() -> Worker.work(parameters, state, shard, TinyJob.round(job, 2)))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith(
            "training diverged in round 2, minibatch 1, shard 3: mean loss NaN nats, gradient norm"
                + " NaN; before the step the parameter head.bias holds NaN; learning rate 0.05; ");
  }

  /** Weights that saturate the gates: the loss stays a number, the gradient below does not. */
  @Test
  void explodingGradientIsNamedByTheFirstParameterOnItsWay() {
    ParameterLayout.Slice slice = Network.layout(job.network()).slice("recurrent.0.input_weight");
    for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
      parameters[i] *= 1e37f;
    }

    assertThatThrownBy(
            () -> Worker.work(parameters, WorkerState.initial(0), shard, TinyJob.round(job, 1)))
        .hasMessageContaining(
            "mean loss 3.12",
            "gradient norm Infinity; from the head down, the gradient of"
                + " embedding.weight is the first that is no finite number, its norm is Infinity");
  }

  @Test
  void stepThatOverflowsIsToldAtTheEndOfTheRound() {
    TrainingPlan wild =
        job.plan()
            .with(
                p ->
                    p.rounds(new RoundPlan(1, 1, 2, 5))
                        .update(
                            new UpdatePlan(
                                new ClipPlan(0, 0, 1000),
                                OptimizerPlan.of("momentum", 1e38),
                                SchedulePlan.constant())));
    var overflowing = new TrainingJob(job.network(), wild, job.dataset());

    assertThatThrownBy(
            () ->
                Worker.work(
                    parameters, WorkerState.initial(0), shard, TinyJob.round(overflowing, 1)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(
            "shard 0: after minibatch 1 the parameter embedding.weight holds Infinity");
  }

  @Test
  void otherKernelsThanTheDriversAreRefused() {
    var round =
        new Round(1, 0, job.plan(), 1, job.trainingWorkspace(TinyJob.corpus(job)), "others");

    assertThatThrownBy(() -> Worker.work(parameters, WorkerState.initial(0), shard, round))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("round 1, shard 0: kernels differ")
        .hasMessageContaining("on the driver others");
  }

  @Test
  void otherKernelsThanTheDriversAreRefusedByEvaluationsAsWell() {
    WorkspaceKey key = job.trainingWorkspace(TinyJob.corpus(job));

    assertThatThrownBy(
            () ->
                SplitEvaluation.of(
                    key, "others", job.evaluator(), job.metrics(), parameters, shard))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("evaluation: kernels differ")
        .hasMessageContaining("on the driver others");
    PartSums sums =
        SplitEvaluation.of(
            key, TinyJob.FINGERPRINT, job.evaluator(), job.metrics(), parameters, shard);
    assertThat(sums.losses()[0]).isPositive();
  }
}
